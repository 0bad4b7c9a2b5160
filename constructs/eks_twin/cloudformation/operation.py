"""One create, update, rollback or delete of a stack while it runs: what its threads share."""

import threading
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from eks_twin.cloudformation.dynamic_references import reveal
from eks_twin.cloudformation.events import STACK_TYPE, StackEvent
from eks_twin.cloudformation.resource_type import Request
from eks_twin.cloudformation.state import ResourceState, StackIdentity, StackState
from eks_twin.cloudformation.surroundings import Surroundings

USER_INITIATED = "User Initiated"


class Operation:
    """Knows every physical resource of the stack at any time, tells each change, and when to give up."""

    def __init__(
        self,
        surroundings: Surroundings,
        identity: StackIdentity,
        *,
        stack: StackState | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self.surroundings = surroundings
        self.identity = identity
        self.status = ""
        self.reason = ""
        self.failed: dict[str, str] = {}
        """Logical id -> what failed: create, update or delete; in the order of failing."""
        self._lock = threading.RLock()
        self._stop = stop or threading.Event()
        self._halt = threading.Event()
        self._secrets: set[str] = set()
        """What was revealed so far: no reason may repeat it."""
        self._resources = dict(stack.resources) if stack else {}
        self._instances = {one.instance: one for one in stack.instances} if stack else {}

    @property
    def resources(self) -> dict[str, ResourceState]:
        """The stack's resources now, by logical id."""
        with self._lock:
            return dict(self._resources)

    def resource(self, logical_id: str) -> ResourceState | None:
        """One of them."""
        with self._lock:
            return self._resources.get(logical_id)

    def instances_but(self, keep: Iterable[ResourceState]) -> list[ResourceState]:
        """Every physical resource except these."""
        kept = {one.instance for one in keep}
        with self._lock:
            return [one for instance, one in self._instances.items() if instance not in kept]

    def known(self, state: ResourceState) -> ResourceState:
        """The same physical resource as it was last heard of."""
        with self._lock:
            return self._instances.get(state.instance, state)

    def announce(self, status: str, reason: str = "") -> None:
        """Tell the stack's own new status."""
        with self._lock:
            self.status, self.reason = status, reason
            self._tell(self.identity.name, self.identity.id, STACK_TYPE, status, reason)

    def record(self, state: ResourceState) -> None:
        """Take over a resource's new state, and tell it."""
        with self._lock:
            self.keep(state)
            self.report(state)

    def keep(self, state: ResourceState) -> None:
        """Take over a resource's new state, without a word."""
        with self._lock:
            state = self._discreet(state)
            self._resources[state.logical_id] = state
            self.add_instance(state)

    def add_instance(self, state: ResourceState) -> None:
        """Take over a physical resource that is not, or not yet, the one of its logical id."""
        with self._lock:
            if state.physical_id:
                self._instances.pop((state.logical_id, state.resource_type, ""), None)
            self._instances[state.instance] = state

    def learn(self, logical_id: str, attribute: str, value: Any) -> None:
        """Keep an attribute of a resource that is otherwise left as it is."""
        with self._lock:
            state = self._resources[logical_id]
            self.keep(replace(state, attributes={**state.attributes, attribute: value}))

    def forget(self, state: ResourceState) -> None:
        """Drop a physical resource: it is deleted, or no longer the stack's."""
        with self._lock:
            self._instances.pop(state.instance, None)
            current = self._resources.get(state.logical_id)
            if current is not None and current.instance == state.instance:
                del self._resources[state.logical_id]

    def report(self, state: ResourceState) -> None:
        """Tell a resource's status."""
        state = self._discreet(state)
        self._tell(state.logical_id, state.physical_id, state.resource_type, state.status, state.reason)

    def fail(self, logical_id: str, what: str, *, halt: bool) -> None:
        """Note a failure. `halt`: whatever has not ended yet is cancelled."""
        with self._lock:
            self.failed.setdefault(logical_id, what)
            if halt:
                self._halt.set()

    @property
    def stopped(self) -> bool:
        """Whether somebody outside wants it to end."""
        return self._stop.is_set()

    def cancelled(self) -> bool:
        """Whether nothing new should begin: something failed, or somebody outside wants it to end."""
        return self._halt.is_set() or self.stopped

    def carry_through(self) -> None:
        """From here on nothing is cancelled: half a rollback, or half a clean-up, would help nobody."""
        self._halt, self._stop = threading.Event(), threading.Event()
        self.failed = {}

    def revealed(self, state: ResourceState, *, strict: bool = False) -> ResourceState:
        """Return the state as resource types see it: with secrets, and data of its own, since some write into it.

        `strict`: a reference to a secret that is not there raises ResourceFailed. Default: it stays as it is.
        """

        def look_up(service: str, name: str) -> str:
            try:
                found = self.surroundings.dynamic_reference(service, name)
            except LookupError:
                if strict:
                    raise
                return f"{{{{resolve:{service}:{name}}}}}"
            self._secrets.add(found)
            return found

        return replace(deepcopy(state), properties=reveal(state.properties, look_up))

    def request(self, wanted: ResourceState, *, strict: bool = True) -> Request:
        """Ask for a resource like this. `strict`: see `revealed`."""
        state = self.revealed(wanted, strict=strict)
        return Request(
            self.identity.name,
            self.identity.id,
            state.logical_id,
            state.resource_type,
            state.properties,
            self.identity.account,
            self.identity.region,
            state.metadata,
        )

    def failures(self) -> str:
        """What failed, in CloudFormation's words."""
        with self._lock:
            verbs = dict.fromkeys(self.failed.values())
            named = {verb: [name for name, failed in self.failed.items() if failed == verb] for verb in verbs}
        return " ".join(
            f"The following resource(s) failed to {verb}: [{', '.join(names)}]." for verb, names in named.items()
        )

    def _discreet(self, state: ResourceState) -> ResourceState:
        """The state without secrets in its reason: a service may complain about the very value that it was given."""
        reason = state.reason
        for secret in sorted(self._secrets, key=len, reverse=True):
            reason = reason.replace(secret, "****") if secret else reason
        return replace(state, reason=reason)

    def _tell(self, logical_id: str, physical_id: str, resource_type: str, status: str, reason: str) -> None:
        with self._lock:  # so that events come one at a time, in the order of their timestamps
            name, stack_id = self.identity.name, self.identity.id
            self.surroundings.record(
                StackEvent(
                    self.surroundings.clock(),
                    name,
                    stack_id,
                    logical_id,
                    physical_id,
                    resource_type,
                    status,
                    reason,
                )
            )
