"""What can ail a stack."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from api_platform.proof.stage import ProofStage
from api_platform.service import Workload
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within

_SECONDS: Final = 60.0
_STUCK: Final = "UPDATE_ROLLBACK_FAILED"


def stack_name(stage: ProofStage) -> str:
    """Return the name of the stack that is made for it, so that none of the platform's own is hurt."""
    return f"{stage.environment.name}-proof"


@contextmanager
def rollback_failed(stage: ProofStage, _: Workload) -> Iterator[None]:
    """Delete a stack's queue by hand, and update the stack: there is no way on, and none back."""
    cloudformation, sqs, name = stage.aws("cloudformation"), stage.aws("sqs"), stack_name(stage)
    cloudformation.create_stack(StackName=name, TemplateBody=_template(name, 30))
    try:
        _reach(stage, name, "CREATE_COMPLETE")
        sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=name)["QueueUrl"])
        cloudformation.update_stack(StackName=name, TemplateBody=_template(name, 60))
        _reach(stage, name, _STUCK)
        yield
        sqs.create_queue(QueueName=name)
        cloudformation.continue_update_rollback(StackName=name)
        _reach(stage, name, "UPDATE_ROLLBACK_COMPLETE")
    finally:
        cloudformation.delete_stack(StackName=name)
        if not happens_within(_SECONDS, lambda: not _status(stage, name)):
            raise TwinError(f"stack {name} could not be deleted")


def _template(queue: str, visibility: int) -> str:
    properties = {"QueueName": queue, "VisibilityTimeout": visibility}
    return json.dumps({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": properties}}})


def _reach(stage: ProofStage, name: str, status: str) -> None:
    if not happens_within(_SECONDS, lambda: _status(stage, name) == status):
        raise TwinError(f"stack {name} is {_status(stage, name) or 'not there'}, and not {status}")


def _status(stage: ProofStage, name: str) -> str:
    """Return the stack's status; empty where there is no such stack any more."""
    pages = stage.aws("cloudformation").get_paginator("describe_stacks").paginate()
    found = {stack["StackName"]: str(stack["StackStatus"]) for page in pages for stack in page["Stacks"]}
    return found.get(name, "")
