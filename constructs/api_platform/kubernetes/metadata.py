"""An object's name, namespace and labels."""

from cdk8s_plus_27 import k8s

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import platform_labels, standard_labels
from api_platform.service import Service, Workload


def workload_metadata(environment: Environment, service: Service, workload: Workload) -> k8s.ObjectMeta:
    """Return the metadata of an object that a workload has one of: it has the workload's own name."""
    return k8s.ObjectMeta(
        name=workload.name, namespace=names.namespace(environment), labels=standard_labels(service, workload)
    )


def platform_metadata(name: str, environment: Environment | None = None) -> k8s.ObjectMeta:
    """Return the metadata of an object of the platform: of the environment's namespace, or of the whole cluster."""
    return k8s.ObjectMeta(
        name=name,
        namespace=names.namespace(environment) if environment else None,
        labels=platform_labels(),
    )
