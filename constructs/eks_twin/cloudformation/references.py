"""What a value refers to: by Ref, Fn::GetAtt, and ${...} in Fn::Sub."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eks_twin.cloudformation.calls import VARIABLE, attribute_of, calls, substitution_of
from eks_twin.cloudformation.errors import ValidationError


@dataclass(frozen=True)
class Reference:
    """One of them."""

    name: str
    """Of a resource, a parameter or a pseudo parameter."""
    attribute: Any = None
    """Its name, or a function that comes to one. None: what Ref gives."""


def references(value: Any, conditions: Mapping[str, bool] | None = None) -> Iterator[Reference]:
    """All of them, in every branch of Fn::If; with `conditions`: in those branches that these take."""
    for name, argument in calls(value, conditions):
        match name:
            case "Ref":
                yield _plain(argument)
            case "Fn::GetAtt":
                yield Reference(*attribute_of(argument))
            case "Fn::Sub":
                yield from _in_text(argument)


def _plain(argument: Any) -> Reference:
    if not isinstance(argument, str):
        raise ValidationError(f"Template error: every Ref takes a name, and got {argument!r}.")
    return Reference(argument)


def _in_text(argument: Any) -> Iterator[Reference]:
    words, variables = substitution_of(argument)
    for literal, name in VARIABLE.findall(words):
        if not literal and name not in variables:
            resource, _, attribute = name.partition(".")
            yield Reference(resource, attribute or None)
