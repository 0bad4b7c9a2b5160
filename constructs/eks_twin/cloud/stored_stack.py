"""A stack as the twin's CloudFormation remembers it, with its history."""

import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from eks_twin.cloud.stack_input import StackInput
from eks_twin.cloudformation import STACK_TYPE, StackEvent, StackIdentity, StackState

LONG_POLL_SECONDS = 4.0
"""How long a description of a stack in progress is held back: the CDK CLI asks every 5 s, and would learn late."""
TAKEN_BACK = "UPDATE_ROLLBACK_COMPLETE"
COMPLETE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE")
"""Of a stack that is as its input says."""
TAGS_STAY = "Tags stay on the stack: none of its resources can have any."
FAILED_ROLLBACK_SECONDS = 3.0
"""How long a rollback's failure is held back: `cdk rollback` asks for events every 2 s, and exits 0 without one."""


@dataclass
class StoredStack:
    """One stack. Changed by the thread of its operation, read by those of the server."""

    identity: StackIdentity
    input: StackInput
    """What its template, parameters and tags were given as."""
    state: StackState
    before: StackInput | None = None
    """The input of the last operation that went through, to which a rollback brings it back; None before the first."""
    protected: bool = False
    """Whether termination protection is on."""
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime | None = None
    deleted: datetime | None = None
    status: str = "REVIEW_IN_PROGRESS"
    reason: str = ""
    history: list[StackEvent] = field(default_factory=list)
    newest: dict[str, StackEvent] = field(default_factory=dict)
    """Logical id -> the last that happened to the resource."""
    stop: threading.Event = field(default_factory=threading.Event, repr=False)
    """Set: the update that runs, or ran last, is to end as if a resource had failed."""
    changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    @property
    def is_in_progress(self) -> bool:
        """Whether an operation runs."""
        return self.status.endswith("_IN_PROGRESS") and self.status != "REVIEW_IN_PROGRESS"

    @property
    def exists(self) -> bool:
        """Whether its name is taken."""
        return self.status != "DELETE_COMPLETE"

    def record(self, event: StackEvent) -> None:
        """Take an event in."""
        with self.changed:
            self.history.append(event)
            if event.is_the_stacks:
                self.status, self.reason = event.status, event.reason
            else:
                self.newest[event.logical_id] = event
            self.changed.notify_all()

    def settle(self, state: StackState, given: StackInput) -> None:
        """Take in what an operation with this input came to: one that was taken back leaves the input from before."""
        with self.changed:
            self.input = self.before or given if state.status == TAKEN_BACK else given
            if state.status in COMPLETE:
                self.before = self.input
            self.state, self.status, self.reason = state, state.status, state.reason
            if not self.exists:
                self.deleted = datetime.now(UTC)
            self.changed.notify_all()

    def retag(self, given: StackInput) -> bool:
        """Take over an input whose tags alone are new, and say what becomes of them. False: they are not new."""
        if given.same_tags(self.input):
            return False
        identity = self.identity
        for status, reason in (("UPDATE_IN_PROGRESS", "User Initiated"), ("UPDATE_COMPLETE", TAGS_STAY)):
            now = datetime.now(UTC)
            self.record(
                StackEvent(now, identity.name, identity.id, identity.name, identity.id, STACK_TYPE, status, reason)
            )
        self.settle(replace(self.state, status="UPDATE_COMPLETE", reason=TAGS_STAY), given)
        return True

    def wait(self) -> None:
        """Return when nothing is in progress, at most after `LONG_POLL_SECONDS`; later where a rollback just failed."""
        with self.changed:
            self.changed.wait_for(lambda: not self.is_in_progress, LONG_POLL_SECONDS)
        if self.status.endswith("ROLLBACK_FAILED") and self.history:
            age = datetime.now(UTC) - self.history[-1].timestamp
            time.sleep(max(0.0, FAILED_ROLLBACK_SECONDS - age.total_seconds()))
