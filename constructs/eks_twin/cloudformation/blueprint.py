"""What a template comes to with one stack's parameters: which resources exist, and what depends on what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from eks_twin.cloudformation.calls import calls
from eks_twin.cloudformation.conditions import check_rules, decide
from eks_twin.cloudformation.errors import UnknownResourceType, ValidationError
from eks_twin.cloudformation.intrinsics import NO_VALUE, Scope, resolve, text
from eks_twin.cloudformation.parameters import fill_in, look_up
from eks_twin.cloudformation.references import references
from eks_twin.cloudformation.state import StackIdentity
from eks_twin.cloudformation.surroundings import Surroundings
from eks_twin.cloudformation.template import ResourceDefinition, Template


@dataclass(frozen=True)
class Blueprint:
    """A template and its parameters, found sound: whatever fails from here on is a resource's failure."""

    template: Template
    parameters: Mapping[str, str]
    scope: Scope
    """Knows everything but the resources."""
    resources: Mapping[str, ResourceDefinition]
    """Those whose condition holds."""
    outputs: Mapping[str, Mapping[str, Any]]
    """Those whose condition holds, as the template has them."""
    dependencies: Mapping[str, frozenset[str]]
    """Logical id -> the resources that must be there first."""
    asked: Mapping[str, frozenset[str]]
    """Logical id -> the attributes that the template asks for."""
    imports: tuple[str, ...]
    """Names of the exports that it uses."""


def draw_up(
    surroundings: Surroundings, identity: StackIdentity, template: Template, given: Mapping[str, str]
) -> Blueprint:
    """Check all that can be checked beforehand. Raises ValidationError, and nothing has happened."""
    parameters = fill_in(template.section("Parameters"), given)
    values = look_up(template.section("Parameters"), parameters, surroundings.ssm_parameter)
    scope = _scope(surroundings, identity, template, values)
    check_rules(template.section("Rules"), scope)
    scope = replace(scope, conditions=decide(template.section("Conditions"), scope))
    resources = {name: one for name, one in template.resources.items() if _holds(one.condition, scope, name)}
    outputs = {
        name: one for name, one in template.section("Outputs").items() if _holds(one.get("Condition"), scope, name)
    }
    dependencies = {
        name: _referred(one.properties, f"Resources/{name}", resources, scope)
        | (set(one.depends_on) & resources.keys())
        for name, one in resources.items()
    }
    for name, one in outputs.items():
        _referred([one["Value"]], f"Outputs/{name}", resources, scope)
    _refuse_circles(dependencies)
    _refuse_unknown_types(surroundings, resources)
    live: list[Any] = [*(one.properties for one in resources.values()), *([one["Value"]] for one in outputs.values())]
    imported = _imported(live, scope, surroundings)
    return Blueprint(
        template,
        parameters,
        replace(scope, import_value=imported.__getitem__),
        resources,
        outputs,
        dependencies,
        _asked(live, resources, scope),
        tuple(imported),
    )


def _scope(surroundings: Surroundings, identity: StackIdentity, template: Template, values: Mapping[str, Any]) -> Scope:
    pseudo = {
        "AWS::AccountId": identity.account,
        "AWS::NoValue": NO_VALUE,
        "AWS::NotificationARNs": [],
        "AWS::Partition": "aws",
        "AWS::Region": identity.region,
        "AWS::StackId": identity.id,
        "AWS::StackName": identity.name,
        "AWS::URLSuffix": "amazonaws.com",
    }

    def no_reference(name: str) -> Any:
        raise ValidationError(f"Template format error: Unresolved dependencies [{name}]. Only parameters can be used.")

    def no_attribute(name: str, attribute: str) -> Any:
        raise ValidationError(f"Template error: {name}.{attribute} cannot be used here. Only parameters can be.")

    def no_import(name: str) -> Any:
        raise ValidationError(f"Template error: Fn::ImportValue of {name} cannot be used here.")

    mappings = template.section("Mappings")
    return Scope(
        {**pseudo, **values},
        {},
        mappings,
        no_import,
        surroundings.zones,
        no_reference,
        no_attribute,
        surroundings.dynamic_reference,
    )


def _holds(condition: str | None, scope: Scope, where: str) -> bool:
    if condition is not None and condition not in scope.conditions:
        raise ValidationError(f"Template format error: {where} has the condition {condition}, which does not exist.")
    return condition is None or scope.conditions[condition]


def _referred(value: Any, where: str, resources: Mapping[str, ResourceDefinition], scope: Scope) -> frozenset[str]:
    """The resources that it refers to, in the branches that are taken."""
    referred = {one.name for one in references(value, scope.conditions)} - scope.values.keys()
    gone = sorted(referred - resources.keys())
    if gone:
        raise ValidationError(
            f"Template format error: Unresolved resource dependencies [{', '.join(gone)}] in the "
            f"{where.partition('/')[0]} block of the template, at {where}: their condition does not hold."
        )
    return frozenset(referred)


def _refuse_circles(dependencies: Mapping[str, frozenset[str]]) -> None:
    try:
        TopologicalSorter(dependencies).prepare()
    except CycleError as error:
        circle = ", ".join(sorted(set(error.args[1])))
        raise ValidationError(f"Circular dependency between resources: [{circle}]") from None


def _refuse_unknown_types(surroundings: Surroundings, resources: Mapping[str, ResourceDefinition]) -> None:
    unknown: dict[str, list[str]] = {}
    for name, resource in resources.items():
        try:
            surroundings.find_type(resource.resource_type)
        except UnknownResourceType:
            unknown.setdefault(resource.resource_type, []).append(name)
    if unknown:
        users = "; ".join(f"{kind} of {', '.join(names)}" for kind, names in unknown.items())
        error = UnknownResourceType(", ".join(unknown))
        error.args = (f"{error} {users}.",)
        raise error


def _imported(live: Sequence[Any], scope: Scope, surroundings: Surroundings) -> dict[str, Any]:
    """Name of each export that is used -> its value, so that it is the same for the whole operation."""
    names = {
        text(resolve(argument, scope), "Fn::ImportValue"): None
        for name, argument in calls([*live], scope.conditions)
        if name == "Fn::ImportValue"
    }
    try:
        return {name: surroundings.import_value(name) for name in names}
    except KeyError as missing:
        raise ValidationError(f"No export named {missing.args[0]} found.") from None


def _asked(live: Sequence[Any], resources: Mapping[str, ResourceDefinition], scope: Scope) -> dict[str, frozenset[str]]:
    asked: dict[str, set[str]] = {name: set() for name in resources}
    for one in references([*live], scope.conditions):
        if one.attribute is not None and one.name in asked:
            asked[one.name].add(text(resolve(one.attribute, scope), "Fn::GetAtt"))
    return {name: frozenset(names) for name, names in asked.items()}
