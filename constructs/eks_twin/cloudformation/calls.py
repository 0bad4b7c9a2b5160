"""How calls of intrinsic functions are written in a template."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from eks_twin.cloudformation.errors import ValidationError

VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
"""${Name}, ${Resource.Attribute}, and the literal ${!Name}, in Fn::Sub."""


def function_of(value: Any) -> str | None:
    """Return the name of the function that this value is a call of; None: it is plain data."""
    if isinstance(value, dict) and len(value) == 1:
        (name,) = value
        if name == "Ref" or name.startswith("Fn::"):
            return str(name)
    return None


def arguments(name: str, argument: Any, count: int) -> list[Any]:
    """Return the function's arguments; raises ValidationError unless they are a list of this many."""
    if not isinstance(argument, list) or len(argument) != count:
        raise ValidationError(f"Template error: every {name} takes a list of {count} values, and got {argument!r}.")
    return argument


def attribute_of(argument: Any) -> tuple[str, Any]:
    """Return the logical id and the attribute that a Fn::GetAtt names, as a list or as "Id.Attribute"."""
    parts = argument.split(".", 1) if isinstance(argument, str) else argument
    logical_id, attribute = arguments("Fn::GetAtt", parts, 2)
    if not isinstance(logical_id, str):
        raise ValidationError(f"Template error: every Fn::GetAtt names its resource in plain text, and got {parts!r}.")
    return logical_id, attribute


def substitution_of(argument: Any) -> tuple[str, Mapping[str, Any]]:
    """Return the text and the variables of a Fn::Sub, which come as text alone or as a list of both."""
    words, variables = (argument, {}) if isinstance(argument, str) else arguments("Fn::Sub", argument, 2)
    if not isinstance(words, str) or not isinstance(variables, dict):
        raise ValidationError(f"Template error: every Fn::Sub takes text, or text and variables; got {argument!r}.")
    return words, variables


def branch_of(argument: Any, conditions: Mapping[str, bool]) -> Any:
    """Return the value that a Fn::If takes, not yet resolved."""
    condition, then, otherwise = arguments("Fn::If", argument, 3)
    if not isinstance(condition, str) or condition not in conditions:
        raise ValidationError(f"Template error: Fn::If asks for the condition {condition!r}, which does not exist.")
    return then if conditions[condition] else otherwise


def calls(value: Any, conditions: Mapping[str, bool] | None = None) -> Iterator[tuple[str, Any]]:
    """Every call in the value, inner ones too: name and argument.

    `conditions`: follow only the branches of Fn::If that these take. Default: all branches.
    """
    name = function_of(value)
    if name is not None:
        argument = value[name]
        yield name, argument
        inner = branch_of(argument, conditions) if name == "Fn::If" and conditions is not None else argument
        yield from calls(inner, conditions)
    elif isinstance(value, dict):
        beside = next((key for key in value if str(key).startswith("Fn::")), None)
        if beside is not None:
            raise ValidationError(f"Template error: {beside} must stand alone, and stands with {[*value]}.")
        for one in value.values():
            yield from calls(one, conditions)
    elif isinstance(value, list):
        for one in value:
            yield from calls(one, conditions)
