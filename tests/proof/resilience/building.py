"""Pods, nodes and recordings for tests: valid by default, one fact changed."""

from collections.abc import Sequence

from api_platform.environment import Environment, load_environments
from api_platform.proof.resilience.placement import NodePlace
from api_platform.service import Service
from api_platform.services import all_services
from eks_twin.measure.sampling import Recording, Sample, SampledPod

ZONES = ("a", "b", "c")
NODES = tuple(
    NodePlace(name=f"{pool}-{zone}", zone=zone, pool=None if pool == "system" else pool, ready=True, lost=False)
    for zone in ZONES
    for pool in ("media-processing", "system")
)
OLD, NEW = "registry/api-service:v1.0.0@sha256:1", "registry/api-service:v1.1.0"


def production() -> Environment:
    (environment,) = load_environments("production", {})
    return environment


def services() -> Sequence[Service]:
    return all_services(production())


def pod(
    name: str = "api-service-1",
    *,
    workload: str = "api-service",
    node: str = "system-a",
    image: str = OLD,
    ready: bool = True,
    leaving: bool = False,
) -> SampledPod:
    return SampledPod(name, workload, node, image, ready=ready and not leaving, leaving=leaving)


def pods(workload: str, *nodes: str) -> tuple[SampledPod, ...]:
    return tuple(pod(f"{workload}-{number}", workload=workload, node=node) for number, node in enumerate(nodes))


def recording(*samples: tuple[float, Sequence[SampledPod]], end: float | None = None) -> Recording:
    moments = [Sample(at, tuple(seen)) for at, seen in samples]
    return Recording(moments, end=moments[-1].at + 1 if end is None else end)
