"""What the scenario makes of who was evicted."""

from dataclasses import replace

from api_platform.proof.pressure.squeezing import Squeeze
from api_platform.proof.scenarios.pressure import PressureSeen, figures, table
from eks_twin.proof.result import Outcome

GROUND, SERVING = frozenset({"istio-system"}), frozenset({"orders"})
BACKLOG = Squeeze("worker", False, 98, 60, {}, GROUND, SERVING)
REQUESTS = Squeeze("orders", True, 97, 70, {"production/worker": 2}, GROUND, SERVING)
CONTROL = replace(REQUESTS, evicted={"istio-system/pressure-istiod-istiod": 1, "production/worker": 1})
SEEN = PressureSeen([BACKLOG, REQUESTS], CONTROL)


def outcome(seen: PressureSeen = SEEN) -> Outcome:
    """Return what the page shows."""
    return Outcome(figures=figures(seen), tables=[table(seen)])


def test_background_work_that_gives_way_to_requests_holds() -> None:
    assert outcome().reasons == []


def test_each_evicted_pod_is_counted_once() -> None:
    seen = replace(REQUESTS, evicted={"istio-system/istiod": 1, "production/orders": 2, "production/worker": 4})
    assert (seen.ground, seen.served, seen.others) == (1, 2, 4)


def test_who_had_to_go_is_named() -> None:
    assert [row[2].text for row in table(SEEN).cells] == [
        "nothing",
        "production/worker x 2",
        "istio-system/pressure-istiod-istiod x 1, production/worker x 1",
    ]
