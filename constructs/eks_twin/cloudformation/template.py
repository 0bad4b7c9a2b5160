"""A template as plain typed data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from eks_twin.cloudformation.errors import ValidationError
from eks_twin.errors import nearest

MOST_RESOURCES: Final = 500
"""CloudFormation's limit for one template."""

_SECTIONS: Final = frozenset(
    {"AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Rules"}
    | {"Resources", "Outputs"}
)
_PARTS: Final = frozenset(
    {"Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"}
    | {"CreationPolicy", "UpdatePolicy", "Description"}
)
_DELETION_POLICIES: Final = ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot")
_REPLACE_POLICIES: Final = ("Delete", "Retain", "Snapshot")


@dataclass(frozen=True)
class ResourceDefinition:
    """One resource, as the template has it."""

    logical_id: str
    resource_type: str
    properties: Mapping[str, Any]
    depends_on: tuple[str, ...]
    condition: str | None
    deletion_policy: str
    update_replace_policy: str
    metadata: Mapping[str, Any]


@dataclass(frozen=True)
class Template:
    """A template that is sound in itself."""

    document: Mapping[str, Any]
    resources: Mapping[str, ResourceDefinition]

    def section(self, name: str) -> Mapping[str, Any]:
        """One of the template's parts; empty where it has none."""
        found: Mapping[str, Any] = self.document.get(name) or {}
        return found


def read_template(document: Mapping[str, Any]) -> Template:
    """Read a template that is data already (`parse_template` reads text).

    Raises ValidationError where it is no template: unknown sections (Transform is one: nobody runs macros here), a
    resource without a type, a policy that does not exist. What its values refer to is checked in `template_checks`.
    """
    unknown = sorted(document.keys() - _SECTIONS)
    if unknown:
        raise ValidationError(f"Template format error: Sections that are not known here: [{', '.join(unknown)}].")
    for name in _SECTIONS - {"AWSTemplateFormatVersion", "Description"}:
        _mapping(document.get(name) or {}, name)
    found = document.get("Resources") or {}
    if not found:
        raise ValidationError("Template format error: At least one Resources member must be defined.")
    if len(found) > MOST_RESOURCES:
        raise ValidationError(
            f"Template format error: Number of resources, {len(found)}, is greater than maximum allowed, "
            f"{MOST_RESOURCES}. Split the stack."
        )
    for name in ("Parameters", "Mappings", "Rules", "Outputs"):
        for key, body in (document.get(name) or {}).items():
            _mapping(body, f"{name}/{key}")
    for key, body in (document.get("Outputs") or {}).items():
        _mapping(body.get("Export") or {}, f"Outputs/{key}/Export")
        _condition(body, f"Outputs/{key}")
    return Template(document, {name: _resource(name, one) for name, one in found.items()})


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValidationError(f"Template format error: {where} must be an object, and is {type(value).__name__}.")
    return value


def _resource(name: str, body: Any) -> ResourceDefinition:
    where = f"Resources/{name}"
    body = _mapping(body, where)
    if not (name.isascii() and name.isalnum()):
        raise ValidationError(f"Template format error: Resource name {name} is non alphanumeric.")
    if not isinstance(body.get("Type"), str):
        raise ValidationError(f"Template format error: {where} must have a Type.")
    for part in sorted(body.keys() - _PARTS):
        raise ValidationError(f"Template format error: {where} has an unknown part {part}. {nearest(part, [*_PARTS])}")
    depends_on = body.get("DependsOn", [])
    depends_on = [depends_on] if isinstance(depends_on, str) else depends_on
    if not isinstance(depends_on, list) or not all(isinstance(one, str) for one in depends_on):
        raise ValidationError(f"Template format error: {where}/DependsOn must be a logical id or a list of them.")
    return ResourceDefinition(
        name,
        body["Type"],
        _mapping(body.get("Properties") or {}, f"{where}/Properties"),
        tuple(depends_on),
        _condition(body, where),
        _policy(body, "DeletionPolicy", _DELETION_POLICIES, where),
        _policy(body, "UpdateReplacePolicy", _REPLACE_POLICIES, where),
        _mapping(body.get("Metadata") or {}, f"{where}/Metadata"),
    )


def _condition(body: Mapping[str, Any], where: str) -> str | None:
    condition = body.get("Condition")
    if condition is not None and not isinstance(condition, str):
        raise ValidationError(f"Template format error: {where}/Condition must be the name of a condition.")
    return condition


def _policy(body: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str) -> str:
    policy = body.get(key, "Delete")
    if policy not in allowed:
        raise ValidationError(f"Template format error: {where}/{key} is {policy!r}; must be one of {allowed}.")
    return str(policy)
