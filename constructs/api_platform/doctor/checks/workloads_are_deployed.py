"""Every workload has its Deployment, its autoscaler and, where KEDA scales it, the autoscaler that KEDA makes."""

from collections.abc import Iterator
from typing import assert_never

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.live import holds, is_new
from api_platform.doctor.observation import Observation
from api_platform.service import QueueScaling, Service, UtilizationScaling, Workload

CHECK = check_name(__name__)


def workloads_are_deployed(seen: Observation) -> list[Diagnosis]:
    """Find workloads without one of these: the stack was never deployed, or somebody has deleted the object."""
    found = []
    for service, workload in seen.workloads():
        for kind, made_by in _wanted(seen, workload):
            if seen.objects.find(kind, seen.namespace, workload.name) is None:
                found.append(_missing(seen, service, workload, kind, made_by))
                break  # what is scaled comes before what scales it
    return found


def _wanted(seen: Observation, workload: Workload) -> Iterator[tuple[str, str]]:
    """Yield the kinds that it needs, and who makes each: `cdk deploy`, or KEDA."""
    yield "Deployment", "cdk"
    match workload.scaling:
        case UtilizationScaling():
            yield "HorizontalPodAutoscaler", "cdk"
        case QueueScaling():
            yield "ScaledObject", "cdk"
            scaled = seen.objects.find("ScaledObject", seen.namespace, workload.name) or {}
            told_elsewhere = holds(scaled, "Ready") is False or holds(scaled, "Paused") is True
            if not told_elsewhere and not is_new(seen, scaled):
                yield "HorizontalPodAutoscaler", "KEDA"
        case scaling:
            assert_never(scaling)


def _missing(seen: Observation, service: Service, workload: Workload, kind: str, made_by: str) -> Diagnosis:
    if made_by == "KEDA":
        why = "KEDA makes it of the ScaledObject, and has not: its operator does not run, or cannot."
        command = seen.kubectl("get pods,deployments", names.KEDA_NAMESPACE)
        remedy = "Bring KEDA's operator back; its log says what stops it."
    else:
        why = f"Stack {seen.environment.name}/{service.name} was not deployed, or somebody has deleted the object."
        command = seen.kubectl(f"get {kind.lower()} {workload.name}")
        deploy = f"cdk deploy --exclusively {seen.environment.name}/{service.name}"
        remedy = f"Deploy it: {deploy}. {seen.apply_again(workload.name)}"
    return Diagnosis(CHECK, workload.name, f"{kind}/{workload.name}", "it does not exist", why, command, remedy)
