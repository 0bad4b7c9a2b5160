"""Whether all stacks of an environment are complete."""

from collections.abc import Sequence
from typing import Any, Final

from api_platform import names
from api_platform.aws_calls import aws_calls
from api_platform.environment import Environment
from api_platform.service import Service
from api_platform.services import all_services
from api_platform.verification.account import EnvironmentAccount
from api_platform.verification.result import VerificationResult

_OF_THE_PLATFORM: Final = ("network", "cluster", "messaging", "storage", "add-ons", "platform")
_VERTICAL: Final = "vertical-autoscaling"
_COMPLETE: Final = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"})
"""The one that was rolled back, too: where a pipeline deploys the release before again, there is nothing to change."""
_GONE: Final = "DELETE_COMPLETE"


def stack_names(environment: Environment) -> list[str]:
    """Return the names of the environment's stacks, as CloudFormation knows them."""
    services = all_services(environment)
    stacks = [*_OF_THE_PLATFORM, *(name for service in services for name in _of_service(service))]
    vertical = [_VERTICAL] if environment.vertical_pod_autoscaler else []
    return [f"{environment.name}-{stack}" for stack in [*stacks, *vertical]]


def verify_stacks(account: EnvironmentAccount) -> VerificationResult:
    """Return which stacks are missing, failed, or still on their way. Raises InputError where AWS cannot be asked."""
    cloudformation, stacks = account.client("cloudformation"), stack_names(account.environment)
    with aws_calls(f"read the stacks of {account.environment.name}"):
        states = {stack: _state(cloudformation, stack) for stack in stacks}
    failures = [
        f"{stack}: {_said(state)} See: aws cloudformation describe-stack-events --stack-name {stack}"
        for stack, state in states.items()
        if state not in _COMPLETE
    ]
    return VerificationResult(f"stacks: {len(stacks) - len(failures)} of {len(stacks)} are complete", failures)


def _of_service(service: Service) -> Sequence[str]:
    has_queues = any(workload.consumer for workload in service.workloads)
    return [names.queues_stack(service.name), service.name] if has_queues else [service.name]


def _state(cloudformation: Any, stack: str) -> str:
    try:
        return str(cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"])
    except cloudformation.exceptions.ClientError as error:
        if "does not exist" not in error.response["Error"]["Message"]:
            raise
        return _GONE


def _said(state: str) -> str:
    if state == _GONE:
        return "is not there."
    if state.endswith("_IN_PROGRESS"):
        return f"is at {state}: a deployment is still at work."
    return f"is at {state}: its last change was not made."
