"""Stacks that are sound by default, and an account to have them in."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from eks_twin.cloudformation import (
    Executor,
    OnFailure,
    StackEvent,
    StackIdentity,
    StackState,
    Surroundings,
    Template,
    template_of,
)
from tests.eks_twin.cloudformation.fakes import FakeCloud

IDENTITY = StackIdentity(
    "shop", "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1", "111122223333", "eu-west-1"
)


def a_resource(*depends_on: str, kind: str = "Test::Thing", **properties: Any) -> dict[str, Any]:
    """A resource of a template. Parts other than Type, DependsOn and Properties: `| {"DeletionPolicy": ...}`."""
    resource: dict[str, Any] = {"Type": kind, "Properties": properties}
    return resource | ({"DependsOn": list(depends_on)} if depends_on else {})


def ref(name: str) -> dict[str, Any]:
    return {"Ref": name}


def get_att(logical_id: str, attribute: str | dict[str, Any] = "Arn") -> dict[str, Any]:
    return {"Fn::GetAtt": [logical_id, attribute]}


def a_template(sections: Mapping[str, Any] | None = None, /, **resources: Any) -> Template:
    """A template of these resources. Default: one, `Thing`. `sections`: what it has besides."""
    return template_of({"Resources": resources or {"Thing": a_resource()}, **(sections or {})})


DIAMOND = ("Base", "Left", "Right", "Tip")


def a_diamond(size: str = "small", **more: Any) -> Template:
    """Left and Right need Base, Tip needs both; each in another way. `size` is a property of all of them."""
    return a_template(
        {"Outputs": {"Address": {"Value": get_att("Tip"), "Export": {"Name": "address"}}}},
        Base=a_resource(Size=size),
        Left=a_resource(Size=size, Of=ref("Base")),
        Right=a_resource(Size=size, Of=get_att("Base")),
        Tip=a_resource("Right", Size=size, Of={"Fn::Sub": "${Left} and ${Left.Arn}"}),
        **more,
    )


def _no_listener(_event: StackEvent) -> None:
    pass


@dataclass
class Account:
    """An account whose resources are a FakeCloud's."""

    cloud: FakeCloud = field(default_factory=FakeCloud)
    events: list[StackEvent] = field(default_factory=list)
    ssm_parameters: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    """What dynamic references lead to, by `service:name`."""
    exports: dict[str, str] = field(default_factory=dict)
    """What other stacks export."""
    importers: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, list[str]] = field(default_factory=dict)
    listen: Callable[[StackEvent], None] = _no_listener
    parallel: int = 8
    _seconds: Any = field(default_factory=count)

    @property
    def surroundings(self) -> Surroundings:
        return Surroundings(
            self.cloud.find_type,
            record=self._record,
            clock=lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(self._seconds)),
            ssm_parameter=self.ssm_parameters.__getitem__,
            dynamic_reference=lambda service, name: self.kept[f"{service}:{name}"],
            import_value=self.exports.__getitem__,
            imported_by=lambda name: self.importers.get(name, []),
            exported_by=lambda name: self.owners.get(name, []),
            zones={"eu-west-1": ["eu-west-1a", "eu-west-1b"]}.__getitem__,
            parallel=self.parallel,
        )

    def _record(self, event: StackEvent) -> None:
        self.events.append(event)
        self.listen(event)

    @property
    def executor(self) -> Executor:
        return Executor(self.surroundings)

    def create(self, template: Template, on_failure: OnFailure = OnFailure.ROLLBACK, **parameters: str) -> StackState:
        return self.executor.create(IDENTITY, template, parameters, on_failure=on_failure)

    def update(
        self, stack: StackState, template: Template, on_failure: OnFailure = OnFailure.ROLLBACK, **parameters: str
    ) -> StackState:
        return self.executor.update(stack, template, parameters, on_failure=on_failure)

    def told(self, logical_id: str | None = None) -> list[str]:
        """Statuses told so far: of one resource; default: the stack's own."""
        return [
            event.status
            for event in self.events
            if (event.is_the_stacks if logical_id is None else event.logical_id == logical_id)
        ]

    def reasons(self, status: str) -> dict[str, str]:
        """Logical id (or the stack's name) -> the reason that its event of this status gives."""
        return {event.logical_id: event.reason for event in self.events if event.status == status}


def an_account(**changes: Any) -> Account:
    return Account(**changes)


def fail_right_while_left_is_in_flight(account: Account, verb: str = "create") -> None:
    """Of a diamond: Right fails once Left has begun, and Left goes on once that has been told."""
    begun, failed = threading.Event(), threading.Event()

    def hook(called: str, logical_id: str) -> None:
        if (called, logical_id) == (verb, "Left") and not failed.is_set():
            begun.set()
            assert failed.wait(10)
        if (called, logical_id) == (verb, "Right"):
            assert begun.wait(10)

    def listen(event: StackEvent) -> None:
        if event.logical_id == "Right" and event.status.endswith("_FAILED"):
            failed.set()

    account.cloud.hook, account.listen = hook, listen
    account.cloud.fail(verb, "Right")
