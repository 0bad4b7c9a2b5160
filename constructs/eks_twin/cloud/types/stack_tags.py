"""A stack's tags, which CloudFormation puts on every resource that can have tags."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from eks_twin.cloud.types.replacement import schema
from eks_twin.cloudformation import ResourceDefinition, Template


def with_stack_tags(template: Template, tags: Sequence[Mapping[str, str]]) -> Template:
    """Return the template with the tags on its resources. Where a resource has one of the same key, that one stays."""
    if not tags:
        return template
    pairs = {tag["Key"]: tag["Value"] for tag in tags}
    return replace(template, resources={name: _tagged(one, pairs) for name, one in template.resources.items()})


def _tagged(resource: ResourceDefinition, tags: Mapping[str, str]) -> ResourceDefinition:
    description = schema(resource.resource_type)
    name = str(description.get("tagging", {}).get("tagProperty", "")).rpartition("/")[2]
    if not name:
        return resource
    given: Any = resource.properties.get(name)
    takes_a_list = description["properties"][name].get("type") == "array" or "items" in description["properties"][name]
    if takes_a_list and isinstance(given or [], list):
        own = list(given or [])
        keys = {tag.get("Key") for tag in own if isinstance(tag, Mapping)}
        wanted: Any = [*own, *({"Key": key, "Value": value} for key, value in tags.items() if key not in keys)]
    elif not takes_a_list and isinstance(given or {}, Mapping):
        wanted = {**tags, **(given or {})}
    else:
        return resource  # a function that makes them: nobody knows its keys yet
    return replace(resource, properties={**resource.properties, name: wanted})
