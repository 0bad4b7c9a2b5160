"""The calls of CloudFormation's API that are about templates."""

from collections.abc import Iterator, Mapping
from typing import Any

from moto.core.responses import ActionResult

from eks_twin.cloud.cloudformation_call import CloudFormationCall
from eks_twin.cloudformation import Template, parse_template

_NAMED_BY = {"Group": "GroupName", "InstanceProfile": "InstanceProfileName", "ManagedPolicy": "ManagedPolicyName"}
_NAMED_BY |= {"Role": "RoleName", "User": "UserName"}
"""Types of IAM -> the property that gives them a name, for which CloudFormation wants another capability."""


class TemplateCalls(CloudFormationCall):
    """What reads a template and does nothing."""

    def get_template(self) -> ActionResult:
        """GetTemplate."""
        return ActionResult(
            {"TemplateBody": self._stack().input.template, "StagesAvailable": ["Original", "Processed"]}
        )

    def get_template_summary(self) -> ActionResult:
        """GetTemplateSummary, of a stack's or of a template that is given."""
        text = self._stack().input.template if self._get_param("StackName") else self._template()
        template = parse_template(text)
        types = sorted({one.resource_type for one in template.resources.values()})
        return ActionResult(
            {**_read(template), "ResourceTypes": types, "Version": template.document.get("AWSTemplateFormatVersion")}
        )

    def validate_template(self) -> ActionResult:
        """ValidateTemplate."""
        return ActionResult(_read(parse_template(self._template())))


def _read(template: Template) -> dict[str, Any]:
    capabilities = sorted(set(_capabilities(template)))
    return {
        "Description": template.document.get("Description"),
        "Parameters": [_parameter(name, one) for name, one in template.section("Parameters").items()],
        "Capabilities": capabilities,
    }


def _parameter(name: str, definition: Mapping[str, Any]) -> dict[str, Any]:
    allowed = [str(value) for value in definition.get("AllowedValues", [])]
    default = definition.get("Default")
    return {
        "ParameterKey": name,
        "ParameterType": definition.get("Type", "String"),
        "DefaultValue": str(default) if default is not None else None,
        "Description": definition.get("Description"),
        "NoEcho": str(definition.get("NoEcho", False)).lower() == "true",
        "ParameterConstraints": {"AllowedValues": allowed},
    }


def _capabilities(template: Template) -> Iterator[str]:
    for one in template.resources.values():
        if one.resource_type.startswith("AWS::IAM::"):
            kind = one.resource_type.removeprefix("AWS::IAM::")
            yield "CAPABILITY_NAMED_IAM" if _NAMED_BY.get(kind) in one.properties else "CAPABILITY_IAM"
