import subprocess

import pytest

from api_platform.proof.resilience.draining import Refusal, drain, drain_at_once, uncordoned_after
from eks_twin.errors import TwinError

REASON = "Cannot evict pod as it would violate the pod's disruption budget."
SAID = """node/one cordoned
evicting pod production/api-service-1
evicting pod production/data-export-1
pod/api-service-1 evicted
"""
COMPLAINED = f"""error when evicting pods/"data-export-1" -n "production" (will retry after 5s): {REASON}
error when evicting pods/"data-export-1" -n "production" (will retry after 5s): {REASON}
error: unable to drain node "one" due to error: error when evicting pods/"data-export-1" -n "production": \
global timeout reached: 8s, continuing command...
"""


class Kubectl:
    """Answers each of its verbs as it was told to, and remembers what it was asked."""

    def __init__(self, exit_code: int = 0, *, uncordon: int = 0) -> None:
        self.exits = {"drain": exit_code, "uncordon": uncordon}
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.asked.append(words)
        return subprocess.CompletedProcess(words, self.exits[words[0]], SAID, COMPLAINED)

    def words_of(self, verb: str) -> list[tuple[str, ...]]:
        return [words for words in self.asked if words[0] == verb]


def clock() -> float:
    return 3.0


def test_a_drain_says_which_pods_went_and_which_were_refused() -> None:
    done = drain(Kubectl(exit_code=1), "one", 8, clock)
    assert (done.done, done.evicted) == (False, ["api-service-1"])
    assert done.refusals == [Refusal("data-export-1", REASON)] * 2


def test_a_drain_that_gave_up_counts_as_refused_only_what_the_api_server_refused() -> None:
    """kubectl repeats the pod's name in its summary."""
    assert len(drain(Kubectl(exit_code=1), "one", 8, clock).refusals) == 2


def test_a_node_is_drained_as_people_do_it() -> None:
    kubectl = Kubectl()
    assert drain(kubectl, "one", 8, clock).done
    assert kubectl.asked == [("drain", "one", "--ignore-daemonsets", "--delete-emptydir-data", "--timeout=8s")]


def test_a_node_takes_pods_again_even_when_something_failed() -> None:
    """A scenario that breaks off would leave a cordoned node to all that come after it."""
    kubectl = Kubectl()
    with pytest.raises(KeyError), uncordoned_after(kubectl, "one"):
        raise KeyError
    assert kubectl.asked == [("uncordon", "one")]


def test_a_node_that_stays_cordoned_is_told() -> None:
    with pytest.raises(TwinError, match="one could not be uncordoned"), uncordoned_after(Kubectl(uncordon=1), "one"):
        pass


def test_nodes_that_are_drained_at_once_all_take_pods_again() -> None:
    kubectl = Kubectl(exit_code=1)
    drains = drain_at_once(kubectl, ["one", "two"], 4, clock)
    assert [each.node for each in drains] == ["one", "two"]
    assert sorted(words[1] for words in kubectl.words_of("uncordon")) == ["one", "two"]
    assert kubectl.asked[-1][0] == "uncordon"
