"""Deletes physical resources, each after all that depends on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Final

from eks_twin.cloudformation.errors import reason_of
from eks_twin.cloudformation.operation import Operation
from eks_twin.cloudformation.state import Instance, ResourceState
from eks_twin.cloudformation.walk import walk

CLEAN_UP_ATTEMPTS: Final = 3
"""How often CloudFormation tries to delete a resource that an update left behind, before it leaves it there."""

KeepReason = Callable[[ResourceState], str]
"""Says why a physical resource must stay; empty: it goes."""


def kept_by(attribute: str, value: str) -> str:
    """What a DeletionPolicy or UpdateReplacePolicy of this value keeps a resource for."""
    if value == "Delete":
        return ""
    no_snapshot = " Nobody takes snapshots here, so the resource itself stays." if value == "Snapshot" else ""
    return f"Its {attribute} is {value}.{no_snapshot}"


def policy(state: ResourceState) -> str:
    """Keep what its DeletionPolicy says."""
    return kept_by("DeletionPolicy", state.deletion_policy)


def policy_of_a_rollback(state: ResourceState) -> str:
    """The same for what has only just been created."""
    return "" if state.deletion_policy == "RetainExceptOnCreate" else policy(state)


def delete_all(_: ResourceState) -> str:
    """Keep nothing."""
    return ""


@dataclass(frozen=True)
class Removal:
    """Deletes what has no reason to stay."""

    operation: Operation
    keep: KeepReason = policy
    attempts: int = 1
    go_on: bool = False
    """Whether to delete what a resource depends on although that resource could not be deleted."""

    def of(self, instances: Sequence[ResourceState]) -> bool:
        """Delete these; whether all are gone or kept on purpose."""
        by_instance = {one.instance: one for one in instances}
        done = walk(
            _last_first(instances),
            lambda instance: self._remove(by_instance[instance]),
            parallel=self.operation.surroundings.parallel,
            go_on=self.go_on,
        )
        return len(done) == len(by_instance)

    def _remove(self, state: ResourceState) -> bool:
        if not state.physical_id:
            return self._done(state, "DELETE_COMPLETE")
        reason = self.keep(state)
        if reason:
            return self._done(state, "DELETE_SKIPPED", reason)
        return any(self._attempt(state) for _ in range(self.attempts))

    def _attempt(self, state: ResourceState) -> bool:
        deleting = replace(state, status="DELETE_IN_PROGRESS", reason="")
        self._tell(deleting)
        try:
            resource_type = self.operation.surroundings.find_type(state.resource_type)
            resource_type.delete(self.operation.request(deleting, strict=False), self.operation.revealed(state))
        except Exception as error:  # noqa: BLE001 - any exception of a resource type is a failure of the resource
            self.operation.fail(state.logical_id, "delete", halt=False)
            self._tell(replace(state, status="DELETE_FAILED", reason=reason_of(error)))
            return False
        return self._done(state, "DELETE_COMPLETE")

    def _done(self, state: ResourceState, status: str, reason: str = "") -> bool:
        self.operation.report(replace(state, status=status, reason=reason))
        self.operation.forget(state)
        return True

    def _tell(self, state: ResourceState) -> None:
        current = self.operation.resource(state.logical_id)
        if current is not None and current.instance == state.instance:
            self.operation.record(state)
        else:
            self.operation.report(state)


def _last_first(instances: Sequence[ResourceState]) -> dict[Instance, set[Instance]]:
    """Each one -> those that must be deleted before it: the ones that depend on it."""
    named: dict[str, list[Instance]] = {}
    for one in instances:
        named.setdefault(one.logical_id, []).append(one.instance)
    before: dict[Instance, set[Instance]] = {one.instance: set() for one in instances}
    for one in instances:
        for dependency in one.dependencies:
            for instance in named.get(dependency, ()):
                before[instance].add(one.instance)
    try:
        TopologicalSorter(before).prepare()
    except CycleError:  # leftovers of several templates, of which each had another order
        return {instance: set() for instance in before}
    return before
