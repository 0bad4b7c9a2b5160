from typing import Any

import pytest

from api_platform.rules.rollouts_fit_their_gate import RULE
from tests.rules.platform import Platform


def respecify(platform: Platform, **changes: Any) -> None:
    """Change the spec of a Deployment that has 10 replicas at the most, and a surge of a quarter."""
    platform.one("Deployment", "orders")["spec"].update(changes)


def rolling(surge: object, unavailable: object) -> dict[str, Any]:
    return {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}}


@pytest.mark.parametrize(
    ("strategy", "longest"),
    [
        (rolling("25%", 0), 210),
        (rolling(1, 0), 84),
        (rolling(1, 1), 168),
        (rolling(10, 0), 840),
        ({"type": "Recreate"}, 840),
    ],
    ids=["4 batches", "10 batches", "5 batches", "one batch", "all at once"],
)
def test_at_the_maximum_each_batch_must_stay_ready_before_the_next(
    platform: Platform, strategy: dict[str, Any], longest: int
) -> None:
    """At 10 replicas; at the 3 of its minimum the longest of these rollouts would have ended long before."""
    respecify(platform, strategy=strategy, progressDeadlineSeconds=820, minReadySeconds=longest)
    platform.container("orders").pop("startupProbe", None)
    assert platform.ask(RULE) == []
    respecify(platform, minReadySeconds=longest + 1)
    (finding,) = platform.ask(RULE)
    assert finding.subject == "orders"
    assert f"to 10 replicas, of {longest + 1} s each" in finding.value


def test_a_higher_maximum_alone_is_found(platform: Platform) -> None:
    respecify(platform, strategy=rolling(1, 0), minReadySeconds=60)
    assert platform.ask(RULE) == []
    platform.one("HorizontalPodAutoscaler", "orders")["spec"]["maxReplicas"] = 15
    assert [finding.value for finding in platform.ask(RULE)] == ["15 batches to 15 replicas, of 60 s each"]


@pytest.mark.parametrize(("deadline", "found"), [(820, []), (821, ["orders"])])
def test_a_dead_rollout_is_given_up_before_the_gate_ends(platform: Platform, deadline: int, found: list[str]) -> None:
    """Else the deployment says after 14 minutes that it has seen nothing."""
    respecify(platform, progressDeadlineSeconds=deadline)
    assert platform.subjects(RULE) == found


@pytest.mark.parametrize(
    ("probe", "start"),
    [
        ({"failureThreshold": 118, "periodSeconds": 5}, 600),
        ({"failureThreshold": 59}, 600),
        ({"initialDelaySeconds": 560}, 600),
    ],
)
@pytest.mark.parametrize("deadline", [None, 601])
def test_a_slow_start_is_not_given_up(
    platform: Platform, probe: dict[str, int], start: int, deadline: int | None
) -> None:
    """400 attempts were accepted beside ten minutes. Kubernetes' own deadline is ten minutes, too."""
    platform.container("orders")["startupProbe"] = probe
    respecify(platform, minReadySeconds=10, **({"progressDeadlineSeconds": deadline} if deadline else {}))
    values = [finding.value for finding in platform.ask(RULE)]
    assert values == ([] if deadline else [f"progressDeadlineSeconds 600; a start may take {start} s"])
