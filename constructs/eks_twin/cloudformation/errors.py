"""What can be wrong with a stack, and how a resource type says that it failed."""

from typing import ClassVar

from eks_twin.errors import InputError


class ValidationError(InputError):
    """CloudFormation refuses this before anything happens: no event, no resource, the stack as it was.

    The words are CloudFormation's own where a program reads them (the CDK CLI does).
    """

    code: ClassVar[str] = "ValidationError"
    """What its API calls it."""


class AlreadyExists(ValidationError):  # noqa: N818 - CloudFormation's own name, as those below
    """There is a stack or a change set of this name."""

    code = "AlreadyExistsException"


class ChangeSetNotFound(ValidationError):  # noqa: N818
    """There is no change set of this name."""

    code = "ChangeSetNotFound"


class InvalidChangeSetStatus(ValidationError):  # noqa: N818
    """This change set cannot be executed, or not again."""

    code = "InvalidChangeSetStatus"


class UnknownResourceType(ValidationError):  # noqa: N818 - what CloudFormation calls it
    """Nobody here can make resources of this type. Raised by `FindType`; the executor adds which resources ask."""

    def __init__(self, resource_type: str) -> None:
        super().__init__(f"Template format error: Unrecognized resource types: [{resource_type}].")
        self.resource_type = resource_type


class NoUpdates(ValidationError):  # noqa: N818 - not an error to most callers
    """An update would change nothing: neither a resource's properties nor an output."""

    def __init__(self) -> None:
        super().__init__("No updates are to be performed.")


class ResourceFailed(Exception):  # noqa: N818 - a resource's state, as its event says it
    """A resource could not be created, updated or deleted, for a reason that people should read.

    `physical_id`: what was made of it nevertheless, so that the rollback can delete it. Default: nothing was.
    """

    def __init__(self, message: str, *, physical_id: str = "") -> None:
        super().__init__(message)
        self.physical_id = physical_id


class ResourceUntouched(ResourceFailed):
    """A resource type changes nothing, because it cannot do what was asked: the resource is what it was before.

    So a rollback has nothing to undo, and does not ask again for what cannot be done.
    """


def reason_of(error: Exception) -> str:
    """Return what an event says of this failure: expected ones in their own words, others with their type's name."""
    words = str(error)
    if words and isinstance(error, ResourceFailed | ValidationError):
        return words
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
