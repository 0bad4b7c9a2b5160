"""A workload's identity: in the mesh, and with AWS."""

from cdk8s_plus_27 import ServiceAccount
from constructs import Construct

from api_platform import names
from api_platform.access import workload_role
from api_platform.context import WorkloadContext
from api_platform.environment import ChartEnvironment
from api_platform.labels import platform_metadata


def service_account(scope: Construct, context: WorkloadContext) -> ServiceAccount:
    """Create the workload's own account; with its role's ARN where it uses anything of AWS (IRSA)."""
    role = workload_role(context.environment, context.workload)
    return ServiceAccount(
        scope,
        f"service-account-{context.name}",
        automount_token=False,
        metadata=context.metadata(annotations=_role_annotation(context.environment, context.name) if role else None),
    )


def secret_reader_account(scope: Construct, environment: ChartEnvironment) -> ServiceAccount:
    """Create the account under which External Secrets reads the secrets of this namespace, and no other's."""
    return ServiceAccount(
        scope,
        "service-account-secret-reader",
        automount_token=False,
        metadata=platform_metadata(
            names.SECRET_READER,
            names.namespace_name(environment),
            annotations=_role_annotation(environment, names.SECRET_READER),
        ),
    )


def _role_annotation(environment: ChartEnvironment, subject: str) -> dict[str, str]:
    return {names.ROLE_ARN_ANNOTATION: names.role_arn(environment, subject)}
