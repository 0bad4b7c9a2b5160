"""Creates, updates and deletes stacks as AWS CloudFormation does, with resource types that are given to it."""

from eks_twin.cloudformation.errors import (
    AlreadyExists,
    ChangeSetNotFound,
    InvalidChangeSetStatus,
    NoUpdates,
    ResourceFailed,
    ResourceUntouched,
    UnknownResourceType,
    ValidationError,
    reason_of,
)
from eks_twin.cloudformation.events import STACK_TYPE, StackEvent
from eks_twin.cloudformation.executor import Executor
from eks_twin.cloudformation.parsing import parse_template
from eks_twin.cloudformation.preview import Preview, PropertyChange, ResourceChange
from eks_twin.cloudformation.realization import OnFailure
from eks_twin.cloudformation.resource_type import FindType, Provisioned, Readable, Replaceable, Request, ResourceType
from eks_twin.cloudformation.state import Output, ResourceState, StackIdentity, StackState
from eks_twin.cloudformation.surroundings import Surroundings
from eks_twin.cloudformation.template import ResourceDefinition, Template
from eks_twin.cloudformation.template_checks import template_of

__all__ = [
    "STACK_TYPE",
    "AlreadyExists",
    "ChangeSetNotFound",
    "Executor",
    "FindType",
    "InvalidChangeSetStatus",
    "NoUpdates",
    "OnFailure",
    "Output",
    "Preview",
    "PropertyChange",
    "Provisioned",
    "Readable",
    "Replaceable",
    "Request",
    "ResourceChange",
    "ResourceDefinition",
    "ResourceFailed",
    "ResourceState",
    "ResourceType",
    "ResourceUntouched",
    "StackEvent",
    "StackIdentity",
    "StackState",
    "Surroundings",
    "Template",
    "UnknownResourceType",
    "ValidationError",
    "parse_template",
    "reason_of",
    "template_of",
]
