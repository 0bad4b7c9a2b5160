"""Brings one workload to its maximum on nodes that are not enough for it, and tells who had to go."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from api_platform.aws.helm_release import HelmRelease
from api_platform.proof.pressure.ground import MARK, ground, more_of
from api_platform.proof.stage import ProofStage
from api_platform.rules.finding import Manifest
from api_platform.service import Workload
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within

_LABEL: Final = ",".join(f"{key}={value}" for key, value in MARK.items())
_SETTLE_SECONDS: Final = 90.0
_EVICTED: Final = "Preempted"


@dataclass(frozen=True)
class Squeeze:
    """One workload at its maximum, on full nodes."""

    workload: str
    serves: bool
    """Whether it answers requests; else it works through a queue."""
    wanted: int
    """Pods of it."""
    placed: int
    evicted: Mapping[str, int]
    """Namespace and name of what owned them -> pods that had to go."""
    ground_namespaces: frozenset[str]
    serving: frozenset[str]
    """Workloads that answer requests."""

    @property
    def ground(self) -> int:
        """How many pods of the ground had to go."""
        return sum(count for owner, count in self.evicted.items() if owner.partition("/")[0] in self.ground_namespaces)

    @property
    def served(self) -> int:
        """How many pods that answer requests had to go."""
        return sum(count for owner, count in self.evicted.items() if owner.partition("/")[2] in self.serving)

    @property
    def others(self) -> int:
        """How many other pods had to go: those of background work."""
        return sum(self.evicted.values()) - self.ground - self.served


def squeeze(stage: ProofStage, releases: Sequence[HelmRelease], workload: Workload) -> Squeeze:
    """Bring a workload to its maximum until nothing moves any more, and back."""
    _forget(stage)
    live = json.loads(_said(stage, "get", "deployment", workload.name, f"--namespace={stage.namespace}", "-ojson"))
    more = workload.scaling.maximum - int(live["spec"]["replicas"])
    name = f"pressure-{workload.name}"
    with _applied(stage, [more_of(live, more)]):
        happens_within(_SETTLE_SECONDS, partial(_is_settled, stage, name, more), glance=1.0)
        placed = sum(bool(pod["spec"].get("nodeName")) for pod in _pods(stage, name))
        evicted = Counter(_evicted(stage))
    stage.wait_until_ready()
    return Squeeze(
        workload.name,
        bool(workload.exposure),
        more,
        placed,
        evicted,
        frozenset(release.namespace for release in releases),
        frozenset(one.name for service in stage.services for one in service.workloads if one.exposure),
    )


def _is_settled(stage: ProofStage, name: str, wanted: int) -> bool:
    """Return whether every pod has a node, or has been told that there is none and that nobody goes for it."""
    pods = _pods(stage, name)
    return len(pods) == wanted and all(pod["spec"].get("nodeName") or _is_refused(pod) for pod in pods)


def _is_refused(pod: Manifest) -> bool:
    conditions = pod["status"].get("conditions", ())
    told = any(one["type"] == "PodScheduled" and one["status"] == "False" for one in conditions)
    return told and not pod["status"].get("nominatedNodeName")


def _pods(stage: ProofStage, name: str) -> list[dict[str, Any]]:
    selector = f"proof.api-platform/component={name}"
    found = json.loads(
        _said(stage, "get", "pods", f"--namespace={stage.namespace}", f"--selector={selector}", "-ojson")
    )
    return [pod for pod in found["items"] if not pod["metadata"].get("deletionTimestamp")]


def _evicted(stage: ProofStage) -> Iterator[str]:
    """Yield the owner of each pod that the scheduler has evicted: namespace and name."""
    found = json.loads(_said(stage, "get", "events", "--all-namespaces", "-ojson"))["items"]
    for event in found:
        if event.get("reason") == _EVICTED and event["involvedObject"]["kind"] == "Pod":
            pod = event["involvedObject"]
            yield f"{pod['namespace']}/{pod['name'].rsplit('-', 2)[0]}"


def _forget(stage: ProofStage) -> None:
    """Forget earlier events: they tell of what was evicted before."""
    _said(stage, "delete", "events", "--all", "--all-namespaces", "--wait=false")


@contextmanager
def standing(stage: ProofStage, releases: Sequence[HelmRelease], *, with_priority: bool) -> Iterator[None]:
    """Let the ground stand until the end of the block. Raises TwinError where it does not come to stand."""
    with _applied(stage, list(ground(releases, with_priority=with_priority))):
        if not happens_within(_SETTLE_SECONDS, partial(_stands, stage), glance=1.0):
            raise TwinError("the ground's pods found no place on empty nodes.")
        yield


def _stands(stage: ProofStage) -> bool:
    words = ("get", "pods", "--all-namespaces", f"--selector={_LABEL}", "-ojson")
    pods = json.loads(_said(stage, *words))["items"]
    return bool(pods) and all(pod["spec"].get("nodeName") for pod in pods)


@contextmanager
def _applied(stage: ProofStage, objects: Sequence[Manifest]) -> Iterator[None]:
    given = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})
    try:
        _said(stage, "apply", "--filename=-", given=given)
        yield
    finally:
        _said(stage, "delete", "--filename=-", "--ignore-not-found", "--wait=true", given=given)


def _said(stage: ProofStage, *words: str, given: str | None = None) -> str:
    done = stage.kubectl(*words, given=given)
    if done.returncode:
        raise TwinError(f"kubectl {' '.join(words)} failed: {done.stderr.strip()}")
    return done.stdout
