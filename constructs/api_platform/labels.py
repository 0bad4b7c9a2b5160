"""The labels by which Kubernetes, the mesh and people find a workload's objects."""

from api_platform.service import Service, Workload

NAME = "app.kubernetes.io/name"


def selector_labels(workload: Workload) -> dict[str, str]:
    """Return the labels that select the workload's pods. They never change: a Deployment's selector cannot."""
    return {NAME: workload.name}


def standard_labels(service: Service, workload: Workload | None = None) -> dict[str, str]:
    """Return the labels of every object of a service, or of one of its workloads."""
    return {
        NAME: workload.name if workload else service.name,
        "app.kubernetes.io/part-of": service.name,
        "app.kubernetes.io/managed-by": "api-platform",
    }


def pod_labels(service: Service, workload: Workload) -> dict[str, str]:
    """Return the labels of the workload's pods; `app` and `version` are what the mesh's metrics and graphs go by."""
    return {
        **standard_labels(service, workload),
        "app.kubernetes.io/version": workload.image.tag,
        "app": workload.name,
        "version": workload.image.tag,
    }


def platform_labels() -> dict[str, str]:
    """Return the labels of objects that belong to no single service."""
    return {"app.kubernetes.io/part-of": "platform", "app.kubernetes.io/managed-by": "api-platform"}
