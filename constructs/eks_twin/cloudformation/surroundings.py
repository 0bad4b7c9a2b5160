"""What the executor needs from the account around its stacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from eks_twin.cloudformation.events import StackEvent
from eks_twin.cloudformation.resource_type import FindType, Request

PARALLEL = 8
"""Resources in flight at a time; CloudFormation does not tell its own figure."""


def _now() -> datetime:
    return datetime.now(tz=UTC)


def _unheard(_event: StackEvent) -> None:
    pass


def _unknown(name: str) -> Any:
    raise KeyError(name)


def _nothing(service: str, name: str) -> str:
    raise LookupError(f"there is no {service} here to ask for {name}")


def _free(_request: Request, _before: Mapping[str, Any]) -> str:
    return ""


def _nobody(_name: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Surroundings:
    """Given once; every operation of every stack uses it. The callables may be called from several threads."""

    find_type: FindType
    taken_name: Callable[[Request, Mapping[str, Any]], str] = _free
    """The name that a request gives to a new resource, where one that exists already has it; empty: it may be made.

    Takes the properties of the resource that is there before, too: its own name is not taken.
    """
    record: Callable[[StackEvent], None] = _unheard
    """Takes each event as it happens, those of one stack in order and one at a time; must not call the executor."""
    clock: Callable[[], datetime] = _now
    ssm_parameter: Callable[[str], str] = _unknown
    """An SSM parameter's value, for AWS::SSM::Parameter::Value<...>. KeyError: there is none."""
    import_value: Callable[[str], Any] = _unknown
    """The value of an export, for Fn::ImportValue. KeyError: there is none."""
    imported_by: Callable[[str], Sequence[str]] = _nobody
    """Names of the stacks that import this export: while there are any, it can be neither deleted nor changed."""
    exported_by: Callable[[str], Sequence[str]] = _nobody
    """Names of the stacks that have an export of this name: there may be one only."""
    dynamic_reference: Callable[[str, str], str] = _nothing
    """What a dynamic reference leads to, by service and name. LookupError, with the reason: there is nothing."""
    zones: Callable[[str], Sequence[str]] = _unknown
    """A region's availability zones, for Fn::GetAZs. KeyError: none are known."""
    parallel: int = PARALLEL
