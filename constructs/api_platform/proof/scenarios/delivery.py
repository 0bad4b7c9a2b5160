"""What was rendered is what is in the cluster; a stack goes as a whole; one that fails leaves what was there."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from api_platform.charts.identifiers import service_chart_id
from api_platform.manifests.rendering import Rendering, render
from api_platform.proof.delivery import report, timelines
from api_platform.proof.delivery.deletion import delete_and_redeploy
from api_platform.proof.delivery.equality import compare_all, diff
from api_platform.proof.delivery.rollback import fail_and_mend
from api_platform.proof.delivery.stack import histories
from api_platform.proof.stage import ProofStage
from api_platform.service import Service, UtilizationScaling
from eks_twin.errors import TwinError
from eks_twin.objects.api import ObjectsApi
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario


def run(stage: ProofStage) -> Outcome:
    """Compare, delete and redeploy, fail and mend; compare again.

    Raises TwinError where the twin does not come back to what it was.
    """
    rendering, api = render(stage.environment), ObjectsApi.open(stage.home.kubeconfig)
    richest, failing = _richest(rendering), _failing(stage.services)
    deployment = timelines.deployment(histories(stage))
    with ThreadPoolExecutor(2) as pool:
        # Both take seconds of a processor, and stand in nobody's way.
        other = pool.submit(stage.synthesize, "delivery", [_next_tag(failing)])
        said = pool.submit(diff, stage, rendering)
        first = compare_all(api, rendering, stage.namespace)
        said.result()
        deletion = delete_and_redeploy(stage, api, rendering, richest.name)
        rollback = fail_and_mend(stage, api, other.result(), failing.name)
    last = compare_all(api, rendering, stage.namespace)
    delivered = report.Delivered(first, last, said.result(), deletion, rollback)
    return Outcome(
        figures=report.figures(delivered),
        tables=[*report.differences(delivered), report.steps(deletion, rollback), report.authors(first)],
        plots=[deployment, report.pods(rollback), timelines.failure(rollback.events, rollback.resource)],
        notes=_NOTES,
    )


def _richest(rendering: Rendering) -> Service:
    """Return the service of most objects."""
    return max(rendering.services, key=lambda service: len(rendering.files[service_chart_id(service)]))


def _failing(services: Sequence[Service]) -> Service:
    """Return a service of one workload with an autoscaler that is ours to break; the one of fewest pods to wait for."""
    found = [
        (workload.scaling.minimum, service)
        for service in services
        for workload in service.workloads
        if [service.name] == [each.name for each in service.workloads]
        and isinstance(workload.scaling, UtilizationScaling)
    ]
    if not found:
        raise TwinError("no service has a plain autoscaler, so there is none to break. Change scenarios/delivery.py.")
    return min(found, key=lambda one: one[0])[1]


def _next_tag(service: Service) -> str:
    return f"{service.name}.image.tag={service.workloads[0].image.tag}-next"


_NOTES = (
    (
        "The files that kubectl diff reads are written for it by what writes dist/. It does not see what our "
        "objects never held: the comparison does."
    ),
    (
        "The failing deployment is the CDK's own cloud assembly, of another tag, in which the autoscaler's minimum was "
        "then set above its maximum: what a rule of ours refuses at synthesis, let through to see what follows."
    ),
    "Containers do not run here: a pod is Ready a moment after it is scheduled, and goes at once when it is deleted.",
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="delivery",
    title="What is rendered is what is delivered",
    expectation="Every rendered object is in the API server, equal but for defaults, and nothing else of ours is; a "
    "deleted stack takes all of its objects along and no other; a deployment of which one object is refused fails by "
    "name and reason, rolls back, and costs not one ready pod.",
    run=run,
)
