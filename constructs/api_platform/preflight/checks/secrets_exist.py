"""Every secret that a workload mounts is in Secrets Manager, with a value."""

from collections.abc import Sequence

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading, SecretState
from api_platform.rules.finding import PLATFORM
from api_platform.service import Service

CHECK = check_name(__name__)


def secrets_exist(environment: Environment, services: Sequence[Service], reading: AccountReading) -> list[Diagnosis]:
    """Find secrets that are missing, empty, or about to be deleted. Their properties cannot be seen without values."""
    mounted_by: dict[str, list[str]] = {}
    for workload in (workload for service in services for workload in service.workloads):
        for secret in workload.secrets:
            mounted_by.setdefault(names.secret_name(environment, secret), []).append(workload.name)
    return [
        Diagnosis(
            CHECK,
            PLATFORM,
            f"Secret/{name}",
            wrong[0],
            f"{', '.join(mounted_by[name])} mount its keys as files: without it no pod of theirs starts, and their "
            "stacks are rolled back.",
            f"aws secretsmanager describe-secret --secret-id {name} --region {environment.region}",
            f"aws secretsmanager {wrong[1]} --region {environment.region}",
        )
        for name, secret in (reading.secrets or {}).items()
        if name in mounted_by and (wrong := _wrong(name, secret))
    ]


def _wrong(name: str, secret: SecretState | None) -> tuple[str, str] | None:
    """Return what is wrong with it, and what the AWS CLI does about it; None where it is well."""
    if secret is None:
        return "it does not exist", f"create-secret --name {name} --secret-string file://SECRET.json"
    if secret.being_deleted:
        return "it is being deleted, and cannot be read", f"restore-secret --secret-id {name}"
    if not secret.has_value:
        return "it has no value", f"put-secret-value --secret-id {name} --secret-string file://SECRET.json"
    return None
