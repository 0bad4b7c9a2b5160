from dataclasses import replace
from typing import Any

import pytest

from api_platform.proof.resilience import rollout_plots, rollout_report
from api_platform.proof.resilience.rollout import Rollout
from eks_twin.proof.result import Figure, Outcome, Verdict
from tests.proof.resilience.building import NEW, OLD, pod, recording
from tests.proof.resilience.test_rollout import BAD, all_pods, rollout


def outcome(seen: Rollout) -> Outcome:
    return Outcome(
        figures=rollout_report.figures(seen),
        tables=rollout_report.tables(seen),
        plots=rollout_plots.plots(seen),
        notes=rollout_report.notes(),
        failures=rollout_report.failures(seen),
    )


def figure(seen: Rollout, label: str) -> Figure:
    return next(each for each in rollout_report.figures(seen) if label in each.label)


def test_a_rollout_that_missed_no_pod_held() -> None:
    assert outcome(rollout()).verdict is Verdict.HELD


def test_a_moment_with_a_pod_too_few_fails() -> None:
    seen = replace(rollout(), recording=recording((0.0, all_pods(OLD)), (1.0, all_pods(OLD)[1:]), (2.0, all_pods(OLD))))
    assert figure(seen, "short of a ready pod").verdict is Verdict.FAILED
    assert rollout_report.tables(seen)[0].verdicts.count(Verdict.FAILED) == 1


def test_more_pods_than_the_surge_allows_fail() -> None:
    two_more = [*all_pods(OLD), pod("one", image=NEW), pod("two", image=NEW)]
    seen = replace(rollout(), recording=recording((0.0, two_more)))
    assert any("Rollouts" in reason for reason in outcome(seen).reasons)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"complaint": ""}, "nobody said that a workload did not roll out"),
        ({"complaint": "Timeout waiting for output from kubectl"}, "the explanation does not name media-service"),
        ({"images": {"media-service": BAD}}, "media-service still has the bad image"),
    ],
)
def test_a_bad_image_that_is_not_told_of_or_stays_fails(change: dict[str, Any], reason: str) -> None:
    seen = rollout()
    assert reason in outcome(replace(seen, forward=replace(seen.forward, **change))).reasons


def test_a_bad_image_that_no_pod_ever_had_fails() -> None:
    """A deployment that fails before its first pod proves nothing of rollouts."""
    only_old = replace(rollout(), recording=recording((0.0, all_pods(OLD))))
    assert "no pod of media-service had the bad image" in outcome(only_old).reasons


def test_a_deployment_of_good_images_that_fails_is_told() -> None:
    seen = rollout()
    failed = replace(seen, forward=replace(seen.forward, rolled=None))
    assert "the deployment of the good images failed" in outcome(failed).reasons


@pytest.mark.parametrize(
    ("service", "status"),
    [
        ("api-service", "UPDATE_ROLLBACK_COMPLETE"),
        ("media-service", "UPDATE_COMPLETE"),
        ("media-service", "UPDATE_ROLLBACK_FAILED"),
    ],
)
def test_a_good_stack_that_is_not_updated_and_a_bad_one_that_is_not_rolled_back_fail(service: str, status: str) -> None:
    seen = rollout()
    failed = replace(seen, forward=replace(seen.forward, stacks={**seen.forward.stacks, service: status}))
    assert outcome(failed).reasons == [f"the stack of {service} is {status}"]


def test_stacks_of_which_nothing_is_known_fail() -> None:
    seen = rollout()
    assert outcome(replace(seen, forward=replace(seen.forward, stacks={}))).verdict is Verdict.FAILED


def test_each_service_is_drawn_with_the_pods_that_it_wants() -> None:
    plots = rollout_plots.plots(rollout())
    assert [plot.limits[0].limit.value for plot in plots] == [3, 2, 5]
    assert "bad" in plots[1].title
