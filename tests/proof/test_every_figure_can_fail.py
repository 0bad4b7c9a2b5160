"""A figure that cannot fail proves nothing: each that has a limit is shown to break it by what was measured.

One function for each scenario returns a run in which all is well, and for each figure a run in which one fact is not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import pytest

from api_platform.proof.delivery.equality import Diff
from api_platform.proof.scenarios.drift import DriftRun
from api_platform.proof.scenarios.faults import ObjectChanges
from api_platform.proof.scenarios.table import SCENARIOS
from eks_twin.measure.sampling import Recording
from eks_twin.measure.steps import Steps
from eks_twin.objects.api import Answer
from eks_twin.objects.inventory import Key
from eks_twin.proof.result import Outcome, Verdict
from tests.proof.admission import test_report as admitted
from tests.proof.agreement import test_report as agreed
from tests.proof.agreement.outcomes import came, compared, failed
from tests.proof.delivery import test_report as delivered
from tests.proof.delivery.happenings import KEY, deletion, equality, rollback
from tests.proof.mesh_analysis import test_report as analyzed
from tests.proof.resilience import (
    test_disruption,
    test_disruption_report,
    test_rollout,
    test_rollout_report,
    test_spread,
    test_spread_report,
)
from tests.proof.resilience.building import OLD, pod, pods, recording
from tests.proof.scaling import test_report as scaled
from tests.proof.scaling.measuring import measured
from tests.proof.scenarios import test_destruction, test_faults, test_pipeline
from tests.proof.scenarios import test_doctor as asked
from tests.proof.scenarios import test_drift as changed_by_hand
from tests.proof.scenarios import test_pressure as squeezed

Seen = TypeVar("Seen")
Shown = tuple[Outcome, Mapping[str, Outcome]]
ALSO = {"Objects in the API server": ["Differences"]}
"""Figure -> others that cannot but fail with it."""


def delivery() -> Shown:
    outcome, unseen = delivered.outcome, blind(rollback().recording)
    return outcome(), {
        "Objects in the API server": outcome(first=equality(missing=[KEY])),
        "Differences": outcome(first=delivered.DIFFERENT),
        "Exit code of kubectl diff": outcome(diff=Diff(1, "-  type: ClusterIP", 1)),
        "Its exit code for one changed label": outcome(diff=Diff(0, "", 0)),
        "Differences after all that follows": outcome(last=delivered.DIFFERENT),
        "Objects that a deleted stack left behind": outcome(deletion=deletion(left=[KEY])),
        "Objects removed by mistake": outcome(deletion=deletion(by_mistake=[KEY])),
        "Roles and queues left behind, or removed by mistake": outcome(deletion=deletion(roles_gone=[])),
        "Fewest ready pods while it failed and was mended": outcome(rollback=rollback(recording=delivered.ONE_LOST)),
        "Objects lost or made anew by the rollback": outcome(rollback=rollback(replaced=[KEY])),
        "Time in which a pod's change may have been missed": outcome(rollback=rollback(recording=unseen)),
    }


def agreement() -> Shown:
    outcome = agreed.outcome
    return outcome(), {
        "Changes whose outcome is what the plan said": outcome(compared(came=came(restarts=set())), failed()),
        "Plans that say the same against the assembly before": outcome(compared(unlike=["risks"]), failed()),
    }


def admission() -> Shown:
    outcome, fine, refused = admitted.outcome, admitted.FINE, admitted.REFUSED
    return outcome(), {
        "Objects accepted, all environments": outcome(objects=refused),
        "Pods of their Deployments accepted": outcome(pods=refused),
        "Warnings about them": outcome(objects=Answer(accepted=True, body={}, warnings=["deprecated"])),
        "Insecure pods refused": outcome(insecure=fine),
        "Pods beyond our limits and quota refused": outcome(unaffordable=fine),
        "The same pod as it is, accepted": outcome(control=refused),
        "Objects that the trials left behind": outcome(left=[Key("Pod", "production", "trial")]),
    }


def mesh() -> Shown:
    outcome, examined = analyzed.outcome, analyzed.examined
    return outcome(examined()), {
        "Messages that nobody acknowledged": outcome(examined(analyzed.BAD)),
        "Broken configurations caught": outcome(examined(), analyzed.FOUND, analyzed.MISSED),
        "Analyzers that ran": outcome(examined(skipped=("sidecar.SelectorAnalyzer",))),
    }


def spread() -> Shown:
    seen, placed = test_spread.spread(), test_spread.PLACED
    outage, elsewhere = seen.outage, test_spread.ELSEWHERE
    one_too_few = [each for each in placed if each.name != "api-service-1"]
    few = recording((0.0, placed), (15.0, one_too_few), (75.0, elsewhere), end=90.0)
    strange = [*placed, *pods("api-service", "media-processing-a")]
    crowded = pods("api-service", "system-a", "system-a", "system-b")
    wrong = {
        "Pods on nodes of another pool than their own": replace(seen, before=strange),
        "Workloads whose zones differ by more pods than they may": replace(seen, before=crowded),
        "Workloads with fewer pods than promised, a zone gone": replace(seen, outage=replace(outage, recording=few)),
        "No request goes to the lost zone any more after": replace(seen, outage=replace(outage, not_ready=500.0)),
        "Its pods are given up after": replace(seen, outage=replace(outage, evicted=500.0)),
        "Back at full strength after": replace(seen, outage=replace(outage, strong=500.0)),
    }
    return shown(test_spread_report.outcome, seen, wrong)


def pressure() -> Shown:
    seen, backlog, requests = squeezed.SEEN, squeezed.BACKLOG, squeezed.REQUESTS
    worker = {"production/worker": 2}
    wrong = {
        "Pods of the ground evicted": [replace(backlog, evicted={"istio-system/istiod": 1}), requests],
        "Pods that serve evicted": [replace(backlog, evicted={"production/orders": 1}), requests],
        "Other pods evicted for a backlog": [replace(backlog, evicted=worker), requests],
        "Background pods evicted for requests": [backlog, replace(requests, evicted={})],
        "Workloads for which the nodes were too full": [replace(one, placed=one.wanted) for one in seen.squeezes],
    }
    shown_wrong = {label: squeezed.outcome(replace(seen, squeezes=squeezes)) for label, squeezes in wrong.items()}
    idle = squeezed.outcome(replace(seen, control=requests))
    return squeezed.outcome(seen), {**shown_wrong, "Pods of the ground evicted, had they no priority": idle}


def disruption() -> Shown:
    seen, drained = test_disruption.disruption(), test_disruption.drained
    few = recording(*((sample.at, sample.pods[2:]) for sample in seen.recording.samples))
    first, waits, _ = seen.drains
    another_waits = [first, drained("two", done=False, refused="api-service-0"), drained("two")]
    wrong = {
        "Nodes drained": replace(seen, drains=[first, waits]),
        "Workloads ever below their budget": replace(seen, recording=few),
        "Time in which one may have been missed": replace(seen, recording=blind(seen.recording)),
        # Else pods that are quick to come back would pass for a budget that holds.
        "Evictions refused while all were drained at once": replace(seen, together=[drained("one")]),
        "Evictions of data-export refused at one replica": replace(seen, drains=another_waits),
    }
    return shown(test_disruption_report.outcome, seen, wrong)


def rollout() -> Shown:
    seen, old = test_rollout.rollout(), test_rollout.all_pods(OLD)
    few = recording((0.0, old), (1.0, old[1:]), (2.0, old))
    one_old_one_bad = [pod(workload="media-service", image=image) for image in (OLD, test_rollout.BAD)]
    gave_way = recording((0.0, old), (1.0, [*test_rollout.all_pods(OLD, "media-service"), *one_old_one_bad]))
    left = replace(seen.forward, pods=[*seen.forward.pods, pod(image=OLD)])
    crowded = replace(seen.forward, pods=[replace(each, node="system-a") for each in seen.forward.pods])
    wrong = {
        "Workloads ever short of a ready pod": replace(seen, recording=few),
        "Pods of the old image left then": replace(seen, forward=left),
        "Old pods of media-service serving all the while": replace(seen, recording=gave_way),
        "Workloads that the rollout spread unevenly over zones": replace(seen, forward=crowded),
        "Time in which one may have been missed": replace(seen, recording=blind(seen.recording)),
    }
    return shown(test_rollout_report.outcome, seen, wrong)


def scaling() -> Shown:
    fast = measured(replicas=Steps([(0, 3), (10, 30), (600, 100), (2640, 3)]))
    return shown(scaled.outcome, scaled.scaled(), {"Steps beyond the policy": scaled.scaled(fast)})


def pipeline() -> Shown:
    outcome, changed, done = test_pipeline.outcome, test_pipeline.changed, test_pipeline.DONE
    unnamed = replace(test_pipeline.REFUSED, said="Timeout waiting for output from kubectl")
    return outcome(), {
        "Actions that did as they shall": outcome(changed(3, replace(done, succeeded=False))),
        "Plans whose summary names the release": outcome(changed(1, done)),
        "Fewest ready pods of the released service": outcome(fewest_ready=2),
        "Failed deployments that name the workload": outcome(changed(5, unnamed)),
    }


def destruction() -> Shown:
    outcome, gone = test_destruction.outcome, test_destruction.GONE
    return outcome(), {
        "Resources made": outcome(replace(gone, made=set())),
        "Of them left after cdk destroy": outcome(replace(gone, left={"queue a"})),
        "Stacks left": outcome(replace(gone, stacks_left=["development-network"])),
        "Control planes left": outcome(replace(gone, clusters_left=1)),
        "Resources of the running environment touched": outcome(touched="role of production"),
        "Refusals to destroy the protected one": outcome(refused=False),
    }


def faults() -> Shown:
    outcome, injections, key, ready = test_faults.outcome, test_faults.injections, test_faults.KEY, test_faults.PODS
    return outcome(), {
        "Faults that struck before the deployment had ended": outcome(injections=injections(middle=2)),
        "Deployments that did not converge when run again": outcome(injections=injections(again="api-service has v1")),
        "Objects lost": outcome(change=ObjectChanges([key], [], [])),
        "Objects doubled": outcome(change=ObjectChanges([], [key], [])),
        "Objects made anew": outcome(change=ObjectChanges([], [], [key])),
        "Fewest ready pods of any workload": outcome(recording=recording((0.0, ready), (1.0, ready[1:]))),
        "Longest way back to a converged stack": outcome(injections=injections(rerun=121.0)),
    }


def doctor() -> Shown:
    outcome, course, other, silent = asked.outcome, asked.course, asked.OTHER, asked.SILENT
    return outcome(), {
        "States found": outcome(courses=[course(), course(runs=[silent])]),
        "Findings beside them": outcome(courses=[course(runs=[other, asked.FOUND])]),
        "Findings while all was well": outcome(before=asked.FOUND),
        "States of which it went on to speak once they were mended": outcome(courses=[course(well_again=False)]),
        "Runs whose exit code was not that of their findings": outcome(courses=[course(runs=[asked.WRONG_CODE])]),
    }


def drift() -> Shown:
    seen, told = changed_by_hand.SEEN, changed_by_hand.TOLD
    first, *_ = told.found
    besides = {**told.found, "Pod/one": "why"}
    wrong = {
        "Changes by hand told": replace(seen, during=DriftRun(1, {first: "why"})),
        "Told besides": replace(seen, during=DriftRun(1, besides), mailed=" ".join(besides)),
        "Told before anything was changed, and when it was taken back": replace(seen, after=told),
        "Runs whose exit code was not that of their findings": replace(seen, before=DriftRun(1, {})),
        "Findings that the topic was not told": replace(seen, mailed=first),
        "What who may only look may do besides": replace(seen, allowed=["get secrets"]),
    }
    return shown(changed_by_hand.outcome, seen, wrong)


def shown(outcome: Callable[[Seen], Outcome], well: Seen, wrong: Mapping[str, Seen]) -> Shown:
    """Return what the page shows of all of these."""
    return outcome(well), {label: outcome(seen) for label, seen in wrong.items()}


def blind(seen: Recording) -> Recording:
    """Return a recording in which a change may have been missed."""
    return replace(seen, blind=1.5)


EVERY = (
    delivery,
    agreement,
    admission,
    mesh,
    spread,
    pressure,
    disruption,
    rollout,
    pipeline,
    scaling,
    doctor,
    drift,
    destruction,
    faults,
)
every_scenario = pytest.mark.parametrize("scenario", EVERY, ids=lambda each: each.__name__)


def judged(outcome: Outcome, verdict: Verdict) -> Sequence[str]:
    """Return the labels of the figures of this verdict, sorted."""
    return sorted(figure.label for figure in outcome.figures if figure.verdict is verdict)


def test_every_scenario_is_here() -> None:
    assert {each.__name__ for each in EVERY} == {scenario.name for scenario in SCENARIOS}


@every_scenario
def test_every_figure_with_a_limit_is_here_and_holds_where_all_is_well(scenario: Callable[[], Shown]) -> None:
    """A new figure must be shown to fail; what cannot fail has no limit, or is no figure."""
    well, failing = scenario()
    assert judged(well, Verdict.HELD) == sorted(failing)
    assert judged(well, Verdict.FAILED) == []


@every_scenario
def test_one_wrong_fact_fails_its_figure_and_no_other(scenario: Callable[[], Shown]) -> None:
    """A figure that counts what another one counts would fail with it, or in its stead."""
    _, failing = scenario()
    failed = {label: judged(outcome, Verdict.FAILED) for label, outcome in failing.items()}
    assert failed == {label: sorted([label, *ALSO.get(label, ())]) for label in failing}
