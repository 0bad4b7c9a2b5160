"""Drains nodes as people do: by `kubectl drain`, and `kubectl uncordon` afterwards."""

import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Protocol

from eks_twin.errors import TwinError

_EVICTED = re.compile(r"^pod/(?P<pod>\S+) evicted$", re.MULTILINE)
_REFUSED = re.compile(
    r'^error when evicting pods/"(?P<pod>[^"]+)".*?\(will retry after [^)]+\): (?P<reason>.+)$', re.MULTILINE
)


class Kubectl(Protocol):
    """Runs kubectl against the twin; never raises on its failure."""

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run it with these words."""


@dataclass(frozen=True)
class Refusal:
    """An eviction that the API server refused. kubectl tries again after five seconds."""

    pod: str
    reason: str


@dataclass(frozen=True)
class Drain:
    """One run of `kubectl drain`."""

    node: str
    start: float
    """Seconds on the clock that it was given."""
    end: float
    done: bool
    """Whether the node is empty; False where kubectl gave up."""
    evicted: Sequence[str]
    """Pods that went."""
    refusals: Sequence[Refusal]
    said: str
    """All that kubectl said."""

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.start


def drain(kubectl: Kubectl, node: str, seconds: float, clock: Callable[[], float]) -> Drain:
    """Cordon the node and evict its pods; kubectl gives up after so many seconds."""
    start = clock()
    run = kubectl(
        *("drain", node, "--ignore-daemonsets", "--delete-emptydir-data", f"--timeout={seconds:.0f}s"),
    )
    return Drain(
        node=node,
        start=start,
        end=clock(),
        done=run.returncode == 0,
        evicted=_EVICTED.findall(run.stdout),
        refusals=[Refusal(found["pod"], found["reason"]) for found in _REFUSED.finditer(run.stderr)],
        said=f"{run.stdout}{run.stderr}".strip(),
    )


def drain_at_once(
    kubectl: Kubectl, nodes: Sequence[str], seconds: float, clock: Callable[[], float]
) -> Sequence[Drain]:
    """Drain all of these nodes at the same time, for so many seconds, and let them take pods again."""
    with ExitStack() as uncordoned:
        for node in nodes:
            uncordoned.enter_context(uncordoned_after(kubectl, node))
        with ThreadPoolExecutor(len(nodes)) as pool:
            return list(pool.map(lambda node: drain(kubectl, node, seconds, clock), nodes))


@contextmanager
def uncordoned_after(kubectl: Kubectl, node: str) -> Iterator[None]:
    """Let the node take pods again at the end of the block, whatever became of it. Raises TwinError if that fails."""
    try:
        yield
    finally:
        run = kubectl("uncordon", node)
        if run.returncode:
            raise TwinError(f"{node} could not be uncordoned: {run.stderr.strip()}. Do it by hand: kubectl uncordon.")
