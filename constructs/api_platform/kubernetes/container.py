"""The one container of a workload's pods; the mesh's proxy comes beside it."""

from cdk8s_plus_27 import k8s

from api_platform.kubernetes.probes import liveness_probe, readiness_probe, startup_probe
from api_platform.kubernetes.security_context import container_security_context
from api_platform.kubernetes.service import HTTP_PORT_NAME, METRICS_PORT_NAME
from api_platform.kubernetes.volumes import volume_mounts
from api_platform.service import METRICS_PORT, Resources, Workload


def container(workload: Workload) -> k8s.Container:
    """Return the container, named after the workload: autoscalers measure it by that name."""
    return k8s.Container(
        name=workload.name,
        image=str(workload.image),
        # Always: the node asks the registry whether it may run this image; its layers still come from the cache.
        image_pull_policy="Always",
        env_from=[k8s.EnvFromSource(config_map_ref=k8s.ConfigMapEnvSource(name=workload.name))],
        ports=[
            k8s.ContainerPort(name=HTTP_PORT_NAME, container_port=workload.port, protocol="TCP"),
            k8s.ContainerPort(name=METRICS_PORT_NAME, container_port=METRICS_PORT, protocol="TCP"),
        ],
        resources=_requirements(workload.resources),
        security_context=container_security_context(),
        liveness_probe=liveness_probe(),
        readiness_probe=readiness_probe(),
        startup_probe=startup_probe(workload),
        volume_mounts=volume_mounts(workload),
    )


def _requirements(resources: Resources) -> k8s.ResourceRequirements:
    return k8s.ResourceRequirements(
        requests=_quantities(resources.cpu, resources.memory, resources.ephemeral_storage),
        limits=_quantities(resources.cpu_limit, resources.memory_limit, resources.ephemeral_storage),
    )


def _quantities(cpu: object, memory: object, storage: object) -> dict[str, k8s.Quantity]:
    return {
        name: k8s.Quantity.from_string(str(quantity))
        for name, quantity in (("cpu", cpu), ("memory", memory), ("ephemeral-storage", storage))
    }
