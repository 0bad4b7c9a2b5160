"""Creates, updates and deletes stacks as AWS CloudFormation does, with resource types that are given to it."""

from api_platform.twin.cloudformation.deployment import OnFailure
from api_platform.twin.cloudformation.errors import (
    NoUpdates,
    ResourceCancelled,
    ResourceFailed,
    UnknownResourceType,
    ValidationError,
)
from api_platform.twin.cloudformation.events import STACK_TYPE, Event
from api_platform.twin.cloudformation.executor import Executor
from api_platform.twin.cloudformation.parsing import parse_template
from api_platform.twin.cloudformation.preview import Change, Preview
from api_platform.twin.cloudformation.resource_type import Deployed, FindType, Readable, Request, ResourceType
from api_platform.twin.cloudformation.state import Output, ResourceState, StackIdentity, StackState
from api_platform.twin.cloudformation.state_data import from_data, to_data
from api_platform.twin.cloudformation.surroundings import Surroundings
from api_platform.twin.cloudformation.template import Template
from api_platform.twin.cloudformation.template_checks import template_of

__all__ = [
    "STACK_TYPE",
    "Change",
    "Deployed",
    "Event",
    "Executor",
    "FindType",
    "NoUpdates",
    "OnFailure",
    "Output",
    "Preview",
    "Readable",
    "Request",
    "ResourceCancelled",
    "ResourceFailed",
    "ResourceState",
    "ResourceType",
    "StackIdentity",
    "StackState",
    "Surroundings",
    "Template",
    "UnknownResourceType",
    "ValidationError",
    "from_data",
    "parse_template",
    "template_of",
    "to_data",
]
