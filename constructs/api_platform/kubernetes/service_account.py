"""A workload's identity: in the mesh, and with AWS."""

from cdk8s import ApiObjectMetadata
from cdk8s_plus_27 import ServiceAccount
from constructs import Construct

from api_platform import names
from api_platform.access import workload_role
from api_platform.environment import Environment
from api_platform.labels import platform_labels, standard_labels
from api_platform.service import Service, Workload


def service_account(scope: Construct, environment: Environment, service: Service, workload: Workload) -> ServiceAccount:
    """Create the workload's own account; with its role's ARN where it uses anything of AWS (IRSA)."""
    role = workload_role(environment, workload)
    return ServiceAccount(
        scope,
        f"service-account-{workload.name}",
        automount_token=False,
        metadata=ApiObjectMetadata(
            name=workload.name,
            namespace=names.namespace(environment),
            labels=standard_labels(service, workload),
            annotations=_role_annotation(environment, workload.name) if role else None,
        ),
    )


def secret_reader_account(scope: Construct, environment: Environment) -> ServiceAccount:
    """Create the account under which External Secrets reads the secrets of this namespace, and no other's."""
    return ServiceAccount(
        scope,
        "service-account-secret-reader",
        automount_token=False,
        metadata=ApiObjectMetadata(
            name=names.SECRET_READER,
            namespace=names.namespace(environment),
            labels=platform_labels(),
            annotations=_role_annotation(environment, names.SECRET_READER),
        ),
    )


def _role_annotation(environment: Environment, subject: str) -> dict[str, str]:
    return {names.ROLE_ARN_ANNOTATION: names.role_arn(environment, subject)}
