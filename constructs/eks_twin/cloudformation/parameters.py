"""A stack's parameters: which are given, whether they may be, and what Ref makes of them."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from eks_twin.cloudformation.errors import ValidationError
from eks_twin.cloudformation.intrinsics import text

_SSM_VALUE = re.compile(r"AWS::SSM::Parameter::Value<(.+)>$")
_LIST = re.compile(r"CommaDelimitedList$|List<.+>$")


def fill_in(definitions: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return every parameter as text, defaults filled in.

    Raises ValidationError where one is missing, unknown, or breaks its own constraints.
    """
    unknown = sorted(given.keys() - definitions.keys())
    if unknown:
        raise ValidationError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    missing = [name for name, one in definitions.items() if name not in given and "Default" not in one]
    if missing:
        raise ValidationError(f"Parameters: [{', '.join(missing)}] must have values")
    filled = {name: text(given.get(name, one.get("Default")), f"parameter {name}") for name, one in definitions.items()}
    for name, value in filled.items():
        try:
            _check(name, definitions[name], value)
        except (re.error, TypeError, ValueError) as error:
            raise ValidationError(f"Template format error: Parameters/{name} is not sound: {error}.") from None
    return filled


def _check(name: str, definition: Mapping[str, Any], value: str) -> None:
    is_list = definition.get("Type") == "CommaDelimitedList"
    for one in _items(value) if is_list else [value]:
        for violation in _violations(definition, one):
            why = definition.get("ConstraintDescription", violation)
            raise ValidationError(f"Parameter {name} failed to satisfy constraint: {why}. Given: {value!r}.")


def _violations(definition: Mapping[str, Any], value: str) -> Iterator[str]:
    """Each of the parameter's rules that the value breaks, in words."""
    if definition.get("Type") == "Number" and not _is_number(value):
        yield "must be a number"
        return
    allowed = [text(one, "AllowedValues") for one in definition.get("AllowedValues", (value,))]
    if value not in allowed:
        yield f"must be one of {', '.join(allowed)}"
    pattern = str(definition.get("AllowedPattern", ".*"))
    if not re.fullmatch(pattern, value, re.DOTALL):
        yield f"must match the pattern {pattern}"
    for limits, size in (("Length", len(value)), ("Value", float(value) if _is_number(value) else math.nan)):
        if size < float(definition.get(f"Min{limits}", -math.inf)):
            yield f"its {limits.lower()} must be at least {definition[f'Min{limits}']}"
        if size > float(definition.get(f"Max{limits}", math.inf)):
            yield f"its {limits.lower()} must be at most {definition[f'Max{limits}']}"


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def look_up(definitions: Mapping[str, Any], filled: Mapping[str, str], ssm: Callable[[str], str]) -> dict[str, Any]:
    """Return what Ref gives for each parameter: text or a list, the SSM parameter's value where the type asks for it.

    Raises ValidationError where there is no such SSM parameter.
    """
    values: dict[str, Any] = {}
    missing = []
    for name, value in filled.items():
        kind = str(definitions[name].get("Type", "String"))
        stored = _SSM_VALUE.match(kind)
        if stored:
            kind = stored[1]
            try:
                value = ssm(value)  # noqa: PLW2901 - from here on, it is the value
            except KeyError:
                missing.append(value)
        values[name] = _items(value) if _LIST.match(kind) else value
    if missing:
        raise ValidationError(
            f"Unable to fetch parameters [{','.join(missing)}] from parameter store for this account."
        )
    return values


def _items(value: str) -> list[str]:
    return [one.strip() for one in value.split(",")] if value else []
