"""One thing that is made wrong on purpose, and what the doctor must say of it."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from api_platform.proof.stage import ProofStage
from api_platform.service import QueueScaling, Workload
from eks_twin.errors import TwinError
from eks_twin.proof.scenario import LeftOut

Inflict = Callable[[ProofStage, Workload], AbstractContextManager[None]]
"""Makes something wrong with a workload until the end of the block."""


@dataclass(frozen=True)
class Ailment:
    """One state that is not well."""

    name: str
    check: str
    """The doctor's check that must find it."""
    of: Callable[[ProofStage], Workload]
    """Chooses the workload. Raises LeftOut where there is none that it could befall."""
    inflict: Inflict
    subject: str = ""
    """Whom the doctor must name. Default: the workload."""


def called(stage: ProofStage) -> Workload:
    """Return the last workload that other workloads call; a rollout of it hurts nobody else."""
    callees = {callee for workload in _workloads(stage) for callee in workload.calls}
    return _one([workload for workload in _workloads(stage) if workload.name in callees], "is called by another")


def worker(stage: ProofStage) -> Workload:
    """Return the last workload that scales by its queue."""
    found = [workload for workload in _workloads(stage) if isinstance(workload.scaling, QueueScaling)]
    return _one(found, "scales by a queue")


def at_one_replica(stage: ProofStage) -> Workload:
    """Return the last workload whose budget lets no pod go at its minimum of replicas."""
    found = [workload for workload in _workloads(stage) if "budget-leaves-room-to-drain" in workload.acknowledged]
    return _one(found, "has a budget that lets no pod go")


def run(stage: ProofStage, *words: str, given: Mapping[str, Any] | None = None) -> str:
    """Run kubectl in the services' namespace, and return what it prints. Raises TwinError where it fails."""
    done = stage.kubectl(f"--namespace={stage.namespace}", *words, given=json.dumps(given) if given else None)
    if done.returncode:
        raise TwinError(f"kubectl {' '.join(words)} failed: {done.stderr.strip()}")
    return done.stdout


def read(stage: ProofStage, kind: str, name: str) -> dict[str, Any]:
    """Return a live object."""
    found: dict[str, Any] = json.loads(run(stage, "get", kind, name, "--output=json"))
    return found


def patch(stage: ProofStage, kind: str, name: str, change: Mapping[str, Any], way: str = "merge") -> None:
    """Patch an object."""
    run(stage, "patch", kind, name, f"--type={way}", f"--patch={json.dumps(change)}")


def _workloads(stage: ProofStage) -> list[Workload]:
    return [workload for service in stage.services for workload in service.workloads]


def _one(found: list[Workload], what: str) -> Workload:
    if not found:
        raise LeftOut(f"There is no workload that {what}.")
    return found[-1]
