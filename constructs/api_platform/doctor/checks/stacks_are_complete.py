"""Every stack's last deployment went through."""

import re
from collections.abc import Mapping
from typing import Final

from api_platform import names
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.observation import Observation, StackHealth
from api_platform.rules.finding import PLATFORM

CHECK = check_name(__name__)
_WHAT: Final[Mapping[str, tuple[str, str]]] = {
    "CREATE_FAILED": (
        "its creation failed, and what was made is still there",
        "Mend the cause, then deploy it again: cdk deploy {path}",
    ),
    "ROLLBACK_COMPLETE": (
        "its creation failed, and all that was made has been removed",
        "Mend the cause, then deploy it again, which makes it anew: cdk deploy {path}",
    ),
    "ROLLBACK_FAILED": (
        "its creation failed, and not all that was made could be removed",
        "Delete what is in the way by hand, then the stack: cdk destroy {path}",
    ),
    "UPDATE_FAILED": ("its last update failed half-way", "Roll it back: cdk rollback {path}"),
    "UPDATE_ROLLBACK_COMPLETE": (
        "its last update failed, and was taken back: what ran before runs on",
        "Mend the cause, then deploy it again: cdk deploy --exclusively {path}",
    ),
    "UPDATE_ROLLBACK_FAILED": (
        "its last update failed, and could not be taken back: it takes no deployment until it is",
        "Mend what stops it, then go on: cdk rollback {path} (--orphan LOGICAL_ID leaves out what cannot be mended).",
    ),
    "DELETE_FAILED": (
        "it could not be deleted whole",
        "Remove what is in the way, then delete it again: cdk destroy {path}",
    ),
}
"""Status -> what it means, and the way out."""
_MEANINGS: Final[Mapping[tuple[str, ...], str]] = {
    ("Timeout waiting for output from kubectl",): "A Deployment did not roll out in time: the pods say why, while they "
    "are there.",
    ("field is immutable",): "The API server never changes this field: the object must be deleted first.",
    ("already exists", "AlreadyExists"): "Something of this name is there that the stack did not make.",
    ("AccessDenied", "not authorized", "UnauthorizedOperation"): "The role that the deployment works under may not.",
    ("LimitExceeded", "limit exceeded", "QuotaExceeded"): "A quota of the AWS account is reached.",
}
"""Words of a reason -> what they come to."""
_COMMAND: Final = re.compile(r" from kubectl command: \[.*\](\s*\(last_error=.*\))?", re.DOTALL)
"""What a gate asks kubectl: 400 characters that nobody reads, before the words that matter."""


def stacks_are_complete(seen: Observation) -> list[Diagnosis]:
    """Find stacks whose last operation failed, with the first resource that did."""
    return [_diagnosis(seen, stack) for stack in (seen.aws.stacks if seen.aws else ()) if stack.status in _WHAT]


def _diagnosis(seen: Observation, stack: StackHealth) -> Diagnosis:
    what, remedy = _WHAT[stack.status]
    short = stack.name.removeprefix(f"{seen.environment.name}-")
    return Diagnosis(
        CHECK,
        _subject(seen, short),
        f"stack {stack.name}",
        f"{what} ({stack.status})",
        _why(stack),
        seen.aws_command(f"cloudformation describe-stack-events --stack-name {stack.name} --max-items 50"),
        remedy.format(path=f"{seen.environment.name}/{short}"),
    )


def _why(stack: StackHealth) -> str:
    """Return what failed first, with CloudFormation's reason and what it comes to."""
    if not stack.failed_resource:
        return stack.reason or "CloudFormation says no more of it."
    meaning = next((words for signs, words in _MEANINGS.items() if any(sign in stack.reason for sign in signs)), "")
    reason = _COMMAND.sub(".", stack.reason)
    return f"First failed: {stack.failed_resource} ({stack.failed_type}): {reason} {meaning}".strip()


def _subject(seen: Observation, short: str) -> str:
    """Return the service that the stack, or that of its queues, belongs to."""
    services = [service.name for service in seen.services]
    return next((name for name in services if short in (name, names.queues_stack(name))), PLATFORM)
