from dataclasses import replace

import pytest

from api_platform.proof.delivery.rollback import REFUSAL, explains, rolled_out
from eks_twin.measure.sampling import SampledPod
from tests.proof.delivery.happenings import AUTOSCALER, event, pod, rollback


def test_a_message_with_resource_and_reason_explains() -> None:
    assert explains(f"UPDATE_FAILED {AUTOSCALER}\n{REFUSAL}", AUTOSCALER)


def test_a_reason_that_is_broken_into_lines_is_found() -> None:
    """The CDK CLI breaks its lines for a terminal of 120 letters."""
    assert explains(f"{AUTOSCALER}\n  must be greater than or\n  equal to `minReplicas`", AUTOSCALER)


def test_either_alone_explains_nothing() -> None:
    assert not explains(AUTOSCALER, AUTOSCALER)
    assert not explains(REFUSAL, AUTOSCALER)


def test_a_deployment_that_was_changed_first_had_begun() -> None:
    assert rollback().had_begun


def test_a_refusal_before_the_deployment_was_changed_proves_little() -> None:
    events = [event(0, "UPDATE_IN_PROGRESS"), event(1, "UPDATE_FAILED", AUTOSCALER)]
    assert not rollback(events=events).had_begun


def test_pods_of_other_workloads_are_neither_old_nor_new() -> None:
    made = rollback(workload="media-service")
    assert not made.is_old(pod("a"))
    assert not made.is_new(pod("a", image="new"))


@pytest.mark.parametrize(
    ("pods", "is_out"),
    [
        ([pod("a", image="new"), pod("b", image="new")], True),
        ([pod("a", image="new"), pod("b")], False),
        ([pod("a", image="new"), pod("b", image="new", ready=False)], False),
        ([pod("a", image="new"), replace(pod("b"), leaving=True)], True),
        ([pod("a", image="new"), replace(pod("b"), workload="media-service")], True),
        ([], False),
    ],
    ids=["all new", "one old", "one not ready", "an old one that goes", "an old one of another", "none"],
)
def test_a_change_has_rolled_out_when_every_pod_is_a_new_one(pods: list[SampledPod], *, is_out: bool) -> None:
    """A stack that is complete at the first new pod has waited for nothing."""
    assert rolled_out(pods, "api-service", "old") is is_out
