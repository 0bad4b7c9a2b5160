"""What the API server accepts and what it refuses: our objects, and pods that must not come in."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from api_platform.environment import load_environments
from api_platform.manifests.rendering import Rendering, render
from api_platform.proof.admission import report
from api_platform.proof.admission.bad_pod import BadPod, PodTrial, pods_of, spoiled, try_pod
from api_platform.proof.admission.guests import guests
from api_platform.proof.admission.pods import CONTROL, insecure_pods, unaffordable_pods
from api_platform.proof.definitions import DEFINITIONS
from api_platform.proof.stage import ProofStage
from api_platform.rules.finding import Manifest
from eks_twin.binaries import find_custom_resource_definitions
from eks_twin.objects.api import Answer, ObjectsApi
from eks_twin.objects.inventory import arrived, take
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario

_AT_ONCE = 8


def run(stage: ProofStage) -> Outcome:
    """Try everything; store nothing but the other environments' namespaces, for the time of the scenario.

    Raises TwinError where the table of bad pods does not fit ours, or a namespace does not go.
    """
    environments = load_environments(stage.environment.name if stage.short else None)
    renderings = {environment.name: render(environment) for environment in environments}
    here = renderings[stage.environment.name]
    others = [rendering for rendering in renderings.values() if rendering is not here]
    definitions = find_custom_resource_definitions(DEFINITIONS)
    before = take(ObjectsApi.open(stage.home.kubeconfig))
    with guests(stage.home.kubeconfig, others, definitions) as invited:
        tried: dict[str, report.Tried] = {name: _try(invited.api, rendering) for name, rendering in renderings.items()}
    # They leave while the rest is tried.
    try:
        trials = _trials(invited.api, pods_of(here.objects))
    finally:
        invited.wait_until_gone()
    return Outcome(
        figures=report.figures(tried, trials, arrived(before, take(invited.api))),
        tables=[report.environments(tried), *report.complaints(tried), report.pods(trials)],
        notes=_NOTES,
    )


def _try(api: ObjectsApi, rendering: Rendering) -> report.Tried:
    pods = pods_of(rendering.objects)
    return report.Tried(
        _answers(api.try_apply, rendering.objects),
        _answers(api.try_creation, pods),
    )


def _answers(ask: Callable[[Manifest], Answer], manifests: Sequence[Manifest]) -> Sequence[tuple[Manifest, Answer]]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(zip(manifests, pool.map(ask, manifests), strict=True))


def _trials(api: ObjectsApi, pods: Sequence[Manifest]) -> report.PodTrials:
    (whole,) = (pod for pod in pods if pod["metadata"]["name"] == CONTROL)
    return report.PodTrials(
        insecure=_tried(api, insecure_pods(), pods),
        unaffordable=_tried(api, unaffordable_pods(), pods),
        control=try_pod(api, whole),
    )


def _tried(api: ObjectsApi, table: Sequence[BadPod], pods: Sequence[Manifest]) -> Sequence[PodTrial]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda pod: try_pod(api, spoiled(pod, pods)), table)
        return [PodTrial(pod, answer) for pod, answer in zip(table, answers, strict=True)]


_NOTES = (
    (
        "Nothing is stored by a trial. Other environments' namespaces, with service accounts, quota and limits, exist "
        "for the time of the scenario; those of the add-ons are shared."
    ),
    "Pods are judged as our templates make them: the proxy that Istio's webhook would add is not in them.",
)

SCENARIO: Scenario[ProofStage] = Scenario(
    name="admission",
    title="The API server takes ours, and refuses what is insecure",
    expectation="Every object of all environments, and a pod of each Deployment, passes the API server's admission "
    "without a warning; every pod that Pod Security, our limits or our quota forbid is refused, for the stated reason.",
    run=run,
    short="only the objects of the environment that is deployed, not of the others.",
)
