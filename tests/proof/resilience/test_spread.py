from dataclasses import replace

from api_platform.proof.resilience.spread import Spread
from tests.proof.resilience.building import NODES, pods, recording, services
from tests.proof.resilience.test_outage import outage

WANTED = {"api-service": 3, "media-service": 2, "media-processor": 2, "outbox-processor": 2, "data-export": 1}
PLACED = (
    *pods("api-service", "system-a", "system-b", "system-c"),
    *pods("media-service", "media-processing-a", "media-processing-b"),
    *pods("media-processor", "system-a", "system-b"),
    *pods("outbox-processor", "system-b", "system-c"),
    *pods("data-export", "system-a"),
)
ELSEWHERE = tuple(replace(pod, node=pod.node.replace("-a", "-b")) for pod in PLACED)
LOST = frozenset({"system-a", "media-processing-a"})


def spread() -> Spread:
    seen = recording((0.0, PLACED), (75.0, ELSEWHERE), (90.0, ELSEWHERE))
    return Spread(
        services=services(),
        nodes=NODES,
        wanted=WANTED,
        skews=dict.fromkeys(WANTED, 1),
        before=PLACED,
        outage=replace(outage(silent=10.0, not_ready=60.0), nodes=LOST, recording=seen),
        after=ELSEWHERE,
    )


def test_what_is_promised_follows_from_replicas_zones_and_spread() -> None:
    assert [spread().promised(name) for name in WANTED] == [2, 1, 1, 1, 0]


def test_nothing_is_promised_of_a_workload_whose_spread_is_only_a_wish() -> None:
    assert replace(spread(), skews={}).promised("api-service") == 0


def test_the_fewest_pods_are_those_that_were_really_there() -> None:
    assert [spread().least(name) for name in WANTED] == [2, 1, 1, 2, 0]


def test_a_workload_is_strong_again_when_its_pods_are_elsewhere() -> None:
    assert spread().strong("api-service") == 65.0


def test_a_workload_that_lost_nothing_was_strong_all_the_while() -> None:
    assert spread().strong("outbox-processor") == 0.0


def test_pods_on_the_nodes_of_another_pool_are_misplaced() -> None:
    strange = [*pods("api-service", "media-processing-a"), *pods("media-service", "system-a", "media-processing-b")]
    assert [pod.node for pod in replace(spread(), before=strange).misplaced()] == ["media-processing-a", "system-a"]
