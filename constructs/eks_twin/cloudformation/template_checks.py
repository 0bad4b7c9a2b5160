"""Checks a template as far as that can be done without a stack's parameters: every reference leads somewhere."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from eks_twin.cloudformation.calls import calls
from eks_twin.cloudformation.errors import ValidationError
from eks_twin.cloudformation.intrinsics import FUNCTIONS
from eks_twin.cloudformation.references import references
from eks_twin.cloudformation.template import Template, read_template
from eks_twin.errors import nearest

PSEUDO_PARAMETERS: Final = (
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
)


def template_of(document: Mapping[str, Any]) -> Template:
    """Read a template that is data already (`parse_template` reads text).

    Raises ValidationError where it is no template, uses a function that is not known here, or refers to nothing.
    """
    template = read_template(document)
    parameters = {*PSEUDO_PARAMETERS, *template.section("Parameters")}
    for where, value in _live_parts(template):
        _check_functions(where, value)
        for one in references(value):
            known = template.resources.keys() if one.attribute else template.resources.keys() | parameters
            _must_exist(one.name, known, where)
    for name, resource in template.resources.items():
        for other in resource.depends_on:
            _must_exist(other, template.resources, f"Resources/{name}/DependsOn")
        if resource.condition is not None and resource.condition not in template.section("Conditions"):
            raise ValidationError(
                f"Template format error: Resources/{name} has the condition {resource.condition}, which does not "
                f"exist. {nearest(resource.condition, [*template.section('Conditions')])}"
            )
    return template


def _live_parts(template: Template) -> Iterator[tuple[str, Any]]:
    """What is resolved when a stack is made: where it stands, and the value."""
    for name, resource in template.resources.items():
        yield f"Resources/{name}", resource.properties
    for name, body in template.section("Outputs").items():
        if "Value" not in body:
            raise ValidationError(f"Template format error: Outputs/{name} must have a Value.")
        yield f"Outputs/{name}", [body["Value"], body.get("Export") or {}]


def _check_functions(where: str, value: Any) -> None:
    for name, _ in calls(value):
        if name not in FUNCTIONS:
            raise ValidationError(
                f"Template error: {name}, at {where}, is not known here. {nearest(name, [*FUNCTIONS])}"
            )


def _must_exist(name: str, known: Collection[str], where: str) -> None:
    if name not in known:
        raise ValidationError(
            f"Template format error: Unresolved resource dependencies [{name}] in the {where.partition('/')[0]} block "
            f"of the template, at {where}. {nearest(name, sorted(known))}"
        )
