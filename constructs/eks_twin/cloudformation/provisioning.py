"""Brings one resource to what the blueprint says: creates it, updates it, or leaves it alone."""

from dataclasses import dataclass, replace

from eks_twin.cloudformation.attributes import scope_with_resources, snapshot
from eks_twin.cloudformation.blueprint import Blueprint
from eks_twin.cloudformation.dynamic_references import resolve_plainly
from eks_twin.cloudformation.errors import ResourceFailed, ResourceUntouched, reason_of
from eks_twin.cloudformation.intrinsics import NO_VALUE
from eks_twin.cloudformation.operation import Operation
from eks_twin.cloudformation.resource_type import Request
from eks_twin.cloudformation.state import ResourceState

REPLACED = "Requested update requires the creation of a new physical resource; hence creating one."


@dataclass(frozen=True)
class Provisioning:
    """Does it for one resource after another, in any of the operation's threads."""

    operation: Operation
    blueprint: Blueprint
    halt: bool
    """Whether a failure cancels what has not ended yet; if not, what does not depend on it goes on."""

    def __call__(self, logical_id: str) -> bool:
        """Whether it is as it should be; if not, its event says why."""
        before = self.operation.resource(logical_id)
        if before is not None and before.status == "CREATE_FAILED":
            before = None  # nobody knows what it is: a new one takes its place, and the clean-up deletes it
        verb = "CREATE" if before is None else "UPDATE"
        wanted = self._wanted(logical_id, before, verb)
        try:
            wanted = replace(wanted, properties=self._properties(logical_id))
        except Exception as error:  # noqa: BLE001 - whatever the cause, it is this resource that cannot be had
            return self._never_begun(wanted, before, verb, reason_of(error))
        if before is not None and before.like(wanted) and not before.failed:
            self.operation.keep(replace(wanted, status=before.status, reason=before.reason))
            return True
        if self.operation.cancelled():
            return self._never_begun(wanted, before, verb, self._cancellation(verb))
        self.operation.record(wanted)
        return self._provision(wanted, before, verb)

    def _wanted(self, logical_id: str, before: ResourceState | None, verb: str) -> ResourceState:
        """What it shall be, as far as that is known before its properties are."""
        definition = self.blueprint.resources[logical_id]
        return ResourceState(
            logical_id,
            definition.resource_type,
            before.physical_id if before is not None else "",
            f"{verb}_IN_PROGRESS",
            attributes=before.attributes if before is not None else {},
            dependencies=tuple(sorted(self.blueprint.dependencies[logical_id])),
            deletion_policy=definition.deletion_policy,
            update_replace_policy=definition.update_replace_policy,
            metadata=definition.metadata,
        )

    def _properties(self, logical_id: str) -> dict[str, object]:
        scope = scope_with_resources(self.blueprint.scope, self.operation)
        resolved = resolve_plainly(self.blueprint.resources[logical_id].properties, scope)
        if resolved is NO_VALUE:
            return {}
        if not isinstance(resolved, dict):
            raise ResourceFailed(f"The Properties of {logical_id} come to {type(resolved).__name__}, not an object.")
        return resolved

    def _provision(self, wanted: ResourceState, before: ResourceState | None, verb: str) -> bool:
        state, note = wanted, ""
        try:
            resource_type = self.operation.surroundings.find_type(wanted.resource_type)
            request = self.operation.request(wanted)
            self._refuse_taken_name(request, before)
            if before is None:
                provisioned = resource_type.create(request)
            else:
                provisioned = resource_type.update(request, self.operation.revealed(before))
            state, note = replace(wanted, physical_id=provisioned.physical_id), provisioned.note
            if before is not None and state.instance != before.instance:
                self.operation.add_instance(before)  # which nothing has touched
                self.operation.report(replace(state, reason=REPLACED))
            state = replace(state, attributes=snapshot(provisioned, self.blueprint.asked[wanted.logical_id]))
        except ResourceUntouched as error:
            return self._as_before(wanted, before, verb, reason_of(error))
        except Exception as error:  # noqa: BLE001 - any exception of a resource type is a failure of the resource
            return self._failed(state, verb, error)
        if self.operation.cancelled():
            return self._end(replace(state, status=f"{verb}_FAILED", reason=self._cancellation(verb)), verb)
        self.operation.record(replace(state, status=f"{verb}_COMPLETE", reason=note))
        return True

    def _refuse_taken_name(self, request: Request, before: ResourceState | None) -> None:
        name = self.operation.surroundings.taken_name(request, before.properties if before else {})
        if name:
            raise ResourceUntouched(
                f"Resource of type '{request.resource_type}' with identifier '{name}' already exists."
            )

    def _failed(self, state: ResourceState, verb: str, error: Exception) -> bool:
        state = replace(state, status=f"{verb}_FAILED", reason=reason_of(error))
        made = error.physical_id if isinstance(error, ResourceFailed) else ""
        if made and verb == "CREATE":
            state = replace(state, physical_id=made)
        elif made:
            self.operation.add_instance(replace(state, physical_id=made))
        return self._end(state, verb)

    def _never_begun(self, wanted: ResourceState, before: ResourceState | None, verb: str, reason: str) -> bool:
        failed = replace(wanted, status=f"{verb}_FAILED", reason=reason)
        if before is None:
            return self._end(failed, verb)
        self.operation.fail(wanted.logical_id, "update", halt=self.halt)
        self.operation.report(replace(failed, properties=before.properties))
        return False  # and its state stays what it was: nothing has been tried on it

    def _as_before(self, wanted: ResourceState, before: ResourceState | None, verb: str, reason: str) -> bool:
        """End an update that was begun, and touched nothing."""
        if before is not None:
            self.operation.keep(before)
        return self._never_begun(wanted, before, verb, reason)

    def _end(self, state: ResourceState, verb: str) -> bool:
        self.operation.fail(state.logical_id, verb.lower(), halt=self.halt)
        self.operation.record(state)
        return False

    @staticmethod
    def _cancellation(verb: str) -> str:
        return "Resource creation cancelled" if verb == "CREATE" else "Resource update cancelled"
