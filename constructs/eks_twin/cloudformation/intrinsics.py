"""Intrinsic functions: what Ref, Fn::GetAtt, Fn::Sub and the others come to."""

import base64
import ipaddress
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eks_twin.cloudformation.calls import (
    VARIABLE,
    arguments,
    attribute_of,
    branch_of,
    function_of,
    substitution_of,
)
from eks_twin.cloudformation.errors import ValidationError

NO_VALUE: Final = object()
"""What {"Ref": "AWS::NoValue"} is: its key, or its place in a list, goes away."""


@dataclass(frozen=True)
class Scope:
    """What the functions of one stack look things up in."""

    values: Mapping[str, Any]
    """Parameters and pseudo parameters."""
    conditions: Mapping[str, bool]
    mappings: Mapping[str, Any]
    import_value: Callable[[str], Any]
    zones: Callable[[str], Sequence[str]]
    reference: Callable[[str], Any]
    """A resource's Ref, by logical id."""
    attribute: Callable[[str, str], Any]
    """A resource's attribute, by logical id and name."""
    dynamic_reference: Callable[[str, str], str]
    """What a dynamic reference leads to, by service and name."""


def resolve(value: Any, scope: Scope) -> Any:
    """Return the value with every function in it replaced by what it comes to.

    Raises ValidationError where a function is given what it cannot take.
    """
    name = function_of(value)
    if name is not None:
        return _call(name, value[name], scope)
    if isinstance(value, dict):
        resolved = {key: resolve(one, scope) for key, one in value.items()}
        return {key: one for key, one in resolved.items() if one is not NO_VALUE}
    if isinstance(value, list):
        return [one for one in (resolve(one, scope) for one in value) if one is not NO_VALUE]
    return value


def text(value: Any, where: str) -> str:
    """Return the value as a piece of text, as Fn::Join and Fn::Sub need it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    shown = "nothing" if value is NO_VALUE or value is None else type(value).__name__
    raise ValidationError(f"Template error: {where} needs text, and got {shown}.")


def _call(name: str, argument: Any, scope: Scope) -> Any:
    if name not in FUNCTIONS:
        raise ValidationError(f"Template error: {name} is not known here. Known: {', '.join(sorted(FUNCTIONS))}.")
    return FUNCTIONS[name](argument, scope)


def _reference(argument: Any, scope: Scope) -> Any:
    if not isinstance(argument, str):
        raise ValidationError(f"Template error: every Ref takes a name, and got {argument!r}.")
    return scope.values[argument] if argument in scope.values else scope.reference(argument)


def _attribute(argument: Any, scope: Scope) -> Any:
    logical_id, attribute = attribute_of(argument)
    return scope.attribute(logical_id, text(resolve(attribute, scope), "Fn::GetAtt"))


def _substitute(argument: Any, scope: Scope) -> str:
    words, variables = substitution_of(argument)

    def put(match: re.Match[str]) -> str:
        literal, name = match.groups()
        if literal:
            return f"${{{name}}}"
        if name in variables:
            value = resolve(variables[name], scope)
        elif "." in name:
            value = scope.attribute(*name.split(".", 1))
        else:
            value = _reference(name, scope)
        return text(value, f"Fn::Sub, for ${{{name}}},")

    return VARIABLE.sub(put, words)


def _join(argument: Any, scope: Scope) -> str:
    separator, parts = arguments("Fn::Join", argument, 2)
    parts = resolve(parts, scope)
    if not isinstance(separator, str) or not isinstance(parts, list):
        raise ValidationError("Template error: every Fn::Join takes a separator and a list.")
    return separator.join(text(part, "Fn::Join") for part in parts)


def _split(argument: Any, scope: Scope) -> list[str]:
    separator, words = arguments("Fn::Split", argument, 2)
    if not isinstance(separator, str) or not separator:
        raise ValidationError("Template error: every Fn::Split takes a separator that is not empty.")
    return text(resolve(words, scope), "Fn::Split").split(separator)


def _select(argument: Any, scope: Scope) -> Any:
    index, values = arguments("Fn::Select", argument, 2)
    index, values = text(resolve(index, scope), "Fn::Select"), resolve(values, scope)
    if not isinstance(values, list) or not index.isdecimal() or int(index) >= len(values):
        raise ValidationError(f"Template error: Fn::Select cannot select nonexistent value at index {index}.")
    return values[int(index)]


def _find_in_map(argument: Any, scope: Scope) -> Any:
    keys = [text(resolve(key, scope), "Fn::FindInMap") for key in arguments("Fn::FindInMap", argument, 3)]
    found: Any = scope.mappings
    for key in keys:
        if not isinstance(found, Mapping) or key not in found:
            raise ValidationError(f"Template error: Unable to get mapping for {'::'.join(keys)}.")
        found = found[key]
    return found


def _if(argument: Any, scope: Scope) -> Any:
    return resolve(branch_of(argument, scope.conditions), scope)


def _import_value(argument: Any, scope: Scope) -> Any:
    return scope.import_value(text(resolve(argument, scope), "Fn::ImportValue"))


def _base64(argument: Any, scope: Scope) -> str:
    return base64.b64encode(text(resolve(argument, scope), "Fn::Base64").encode()).decode()


def _zones(argument: Any, scope: Scope) -> list[str]:
    region = text(resolve(argument, scope), "Fn::GetAZs") or scope.values["AWS::Region"]
    try:
        return list(scope.zones(region))
    except KeyError:
        raise ValidationError(f"Template error: Fn::GetAZs knows no zones of the region {region!r}.") from None


def _cidr(argument: Any, scope: Scope) -> list[str]:
    """The block's first `count` subnets that leave `bits` bits to their hosts."""
    block, count, bits = (text(resolve(one, scope), "Fn::Cidr") for one in arguments("Fn::Cidr", argument, 3))
    try:
        network = ipaddress.ip_network(block)
        subnets = network.subnets(new_prefix=network.max_prefixlen - int(bits))
        found = [str(subnet) for subnet, _ in zip(subnets, range(int(count)), strict=False)]
    except ValueError as error:
        raise ValidationError(f"Template error: Fn::Cidr of {block}, {count}, {bits}: {error}.") from None
    if len(found) < int(count):
        raise ValidationError(f"Template error: Fn::Cidr: {block} has no {count} subnets of {bits} host bits.")
    return found


FUNCTIONS: Final[Mapping[str, Callable[[Any, Scope], Any]]] = {
    "Ref": _reference,
    "Fn::GetAtt": _attribute,
    "Fn::Sub": _substitute,
    "Fn::Join": _join,
    "Fn::Split": _split,
    "Fn::Select": _select,
    "Fn::FindInMap": _find_in_map,
    "Fn::If": _if,
    "Fn::ImportValue": _import_value,
    "Fn::Base64": _base64,
    "Fn::GetAZs": _zones,
    "Fn::Cidr": _cidr,
}
"""Name -> what it does. Those of Conditions and Rules are in `conditions`."""
