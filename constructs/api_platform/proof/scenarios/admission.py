"""What the API server accepts and what it refuses: our objects, insecure pods, broken manifests."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from api_platform.environment import load_environments
from api_platform.manifests.rendering import Rendering, render
from api_platform.proof.admission import report
from api_platform.proof.admission.broken import Broken, Prepared, Trials, pods_of, prepare
from api_platform.proof.admission.guests import guests
from api_platform.proof.admission.pods import insecure_pods
from api_platform.proof.admission.table import broken_manifests
from api_platform.proof.definitions import DEFINITIONS
from api_platform.proof.stage import Stage
from api_platform.rules.finding import Manifest
from eks_twin.binaries import find_custom_resource_definitions
from eks_twin.objects.api import Answer, ObjectsApi
from eks_twin.objects.inventory import arrived, key_of, take
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario

_AT_ONCE = 8


def run(stage: Stage) -> Outcome:
    """Try everything; store nothing but the other environments' namespaces, for the time of the scenario.

    Raises TwinError where the table of broken manifests does not fit the objects, or a namespace does not go.
    """
    renderings = {environment.name: render(environment) for environment in load_environments()}
    here = renderings[stage.environment.name]
    others = [rendering for rendering in renderings.values() if rendering is not here]
    definitions = find_custom_resource_definitions(DEFINITIONS)
    before = take(ObjectsApi.open(stage.home.kubeconfig))
    with guests(stage.home.kubeconfig, others, definitions) as invited:
        tried: dict[str, report.Tried] = {name: _try(invited.api, rendering) for name, rendering in renderings.items()}
    # They leave while the rest is tried.
    try:
        attempts = _break(invited.api, here, stage.namespace)
    finally:
        invited.wait_until_gone()
    return Outcome(
        figures=report.figures(tried, attempts, arrived(before, take(invited.api))),
        tables=[
            report.environments(tried),
            *report.complaints(tried),
            report.pods(attempts.pods),
            report.manifests(attempts.manifests),
        ],
        plots=[report.gates(attempts.manifests)],
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


def _break(api: ObjectsApi, rendering: Rendering, namespace: str) -> report.Attempts:
    objects = (*rendering.objects, *pods_of(rendering.objects))
    table = {area: _prepared(some, objects) for area, some in broken_manifests(namespace).items()}
    pods = _prepared(insecure_pods(), objects)
    trials = Trials(api, api.custom_groups())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        controls = pool.map(trials.control, _each_once((*pods, *(one for some in table.values() for one in some))))
        refused = {area: pool.map(trials.attempt, some) for area, some in table.items()}
        return report.Attempts(
            pods=list(pool.map(trials.attempt, pods)),
            manifests={area: list(some) for area, some in refused.items()},
            controls=list(controls),
        )


def _prepared(table: Sequence[Broken], objects: Sequence[Manifest]) -> Sequence[Prepared]:
    return list(map(partial(prepare, objects=objects), table))


def _each_once(prepared: Iterable[Prepared]) -> Iterable[Prepared]:
    """Return one for each whole object, and each way of trying it."""
    return {(key_of(one.whole), one.broken.live): one for one in prepared}.values()


_NOTES = (
    (
        "Nothing is stored by a trial. Other environments' namespaces, with service accounts, quota and limits, exist "
        "for the time of the scenario; those of the add-ons are shared."
    ),
    (
        "What Istio's and KEDA's admission webhooks would refuse is not tried here, as neither runs: for Istio's, see "
        "the scenario mesh."
    ),
    "Pods are judged as our templates make them: the proxy that Istio's webhook would add is not in them.",
)

SCENARIO: Scenario[Stage] = Scenario(
    name="admission",
    title="The API server takes ours, and refuses what is broken",
    expectation="Every object of all environments, and a pod of each Deployment, passes the API server's admission "
    "without a warning; every pod that Pod Security forbids and every broken manifest is refused, for the "
    "stated reason.",
    run=run,
    needs=frozenset({"kubernetes", "etcd", "kwok"}),
)
