"""Brings a stack back to where it was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from eks_twin.cloudformation.attributes import snapshot
from eks_twin.cloudformation.errors import reason_of
from eks_twin.cloudformation.operation import Operation
from eks_twin.cloudformation.removal import (
    CLEAN_UP_ATTEMPTS,
    KeepReason,
    Removal,
    policy_of_a_rollback,
)
from eks_twin.cloudformation.state import ResourceState, StackState
from eks_twin.cloudformation.walk import walk

NOT_ALL_DELETED = "One or more resources could not be deleted."


@dataclass(frozen=True)
class Reversion:
    """Brings one resource after another back, each after what it depends on."""

    operation: Operation
    stable: Mapping[str, ResourceState]
    skip: Collection[str] = ()
    """Logical ids of those that are only said to be back."""

    def __call__(self, logical_id: str) -> bool:
        """Whether it is back; if not, its event says why."""
        before = self.stable[logical_id]
        now = self.operation.known(before)
        is_back = now.like(before) and now.status != "UPDATE_FAILED"
        if not is_back and logical_id not in self.skip:
            return self._update_back(before, now)
        current = self.operation.resource(logical_id)
        if is_back and current is not None and current.instance == before.instance:
            self.operation.keep(before)
            return True  # without a word: it was never touched
        self.operation.record(replace(before, status="UPDATE_COMPLETE", reason=""))
        return True

    def _update_back(self, before: ResourceState, now: ResourceState) -> bool:
        self.operation.record(replace(now, status="UPDATE_IN_PROGRESS", reason=""))
        try:
            back = update_back(self.operation, before, now)
        except Exception as error:  # noqa: BLE001 - any exception of a resource type is a failure of the resource
            self.operation.fail(before.logical_id, "update", halt=False)
            self.operation.record(replace(now, status="UPDATE_FAILED", reason=reason_of(error)))
            return False
        self.operation.record(replace(back, status="UPDATE_COMPLETE", reason=""))
        return True


def update_back(operation: Operation, before: ResourceState, now: ResourceState) -> ResourceState:
    """Give the resource its old properties, and return what it is then; raises what its type raises."""
    resource_type = operation.surroundings.find_type(before.resource_type)
    provisioned = resource_type.update(operation.request(before), operation.revealed(now))
    if provisioned.physical_id == before.physical_id:
        return before
    attributes = snapshot(provisioned, before.attributes)
    return replace(before, physical_id=provisioned.physical_id, attributes=attributes)


def roll_creation_back(
    operation: Operation,
    stack: StackState,
    reason: str,
    *,
    into: str = "ROLLBACK",
    keep: KeepReason = policy_of_a_rollback,
) -> StackState:
    """Delete whatever a failed creation made. `into`: DELETE where the stack itself shall go too."""
    operation.carry_through()
    operation.announce(f"{into}_IN_PROGRESS", reason)
    gone = Removal(operation, keep).of(operation.instances_but(()))
    operation.announce(f"{into}_{'COMPLETE' if gone else 'FAILED'}", operation.failures())
    return replace(
        stack,
        status=operation.status,
        reason=operation.reason or reason,
        resources=operation.resources,
        leftovers=tuple(operation.instances_but(operation.resources.values())),
        outputs=(),
        imports=() if gone else stack.imports,
    )


def roll_update_back(
    operation: Operation,
    stack: StackState,
    stable: StackState,
    reason: str,
    skip: Collection[str] = (),
    *,
    keep: KeepReason = policy_of_a_rollback,
) -> StackState:
    """Return to the last stable state: old properties, old physical resources, and nothing new.

    `stack`: what was attempted, which the stack stays at if that fails (UPDATE_ROLLBACK_FAILED).
    """
    operation.carry_through()
    operation.announce("UPDATE_ROLLBACK_IN_PROGRESS", reason)
    order = {name: set(one.dependencies) & stable.resources.keys() for name, one in stable.resources.items()}
    reverted = walk(order, Reversion(operation, stable.resources, skip), parallel=operation.surroundings.parallel)
    if len(reverted) < len(order):
        operation.announce("UPDATE_ROLLBACK_FAILED", operation.failures())
        resources = operation.resources
        back_so_far = {name: resources[name] for name in reverted}
        return paused(operation, stack, replace(stable, resources={**stable.resources, **back_so_far}))
    operation.announce("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
    back = [operation.resources[name] for name in order]

    def keep_new(state: ResourceState) -> str:
        is_half_of_a_replacement = state.logical_id in stable.resources
        return "" if is_half_of_a_replacement else keep(state)

    gone = Removal(operation, keep_new, CLEAN_UP_ATTEMPTS, go_on=True).of(operation.instances_but(back))
    operation.announce("UPDATE_ROLLBACK_COMPLETE", "" if gone else NOT_ALL_DELETED)
    resources = {one.logical_id: one for one in back}
    return replace(stable, status=operation.status, reason=operation.reason or reason, resources=resources)


def paused(operation: Operation, stack: StackState, stable: StackState | None) -> StackState:
    """Return the stack as it stands, halfway, with all that is needed to go on or back from there."""
    resources = operation.resources
    return replace(
        stack,
        status=operation.status,
        reason=operation.reason,
        resources=resources,
        stable=stable,
        leftovers=tuple(operation.instances_but(resources.values())),
    )
