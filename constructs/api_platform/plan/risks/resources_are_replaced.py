"""AWS resources are deleted, replaced or left behind."""

from typing import assert_never

from api_platform.plan.aws_changes import AwsChange, Impact
from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.risk import Danger, Risk


def resources_are_replaced(changes: DeployChanges) -> list[Risk]:
    """Find what is in AWS now and will not be, or not under the same identity."""
    return [risk for one in changes.aws.resources if (risk := _risk(one))]


def _risk(change: AwsChange) -> Risk | None:
    subject = f"{change} of {change.stack}"
    match change.impact:
        case Impact.CREATE | Impact.UPDATE | Impact.IMPORT:
            return None
        case Impact.DESTROY:
            return Risk(Danger.REMOVES, subject, "is deleted", "What it holds is gone with it.")
        case Impact.LEAVE:
            consequence = "It leaves the stack and stays in the account: a later one of its name will be refused."
            return Risk(Danger.REMOVES, subject, "is left behind", consequence)
        case Impact.REPLACE:
            return Risk(Danger.REMOVES, subject, f"is replaced: {_why(change)}", _REPLACED, _INSTEAD)
        case Impact.MAY_REPLACE:
            return Risk(Danger.REMOVES, subject, f"may be replaced: {_why(change)}", _REPLACED, _INSTEAD)
        case impact:
            assert_never(impact)


def _why(change: AwsChange) -> str:
    return (
        f"{', '.join(change.replacing)} changes"
        if len(change.replacing) < 2
        else f"{', '.join(change.replacing)} change"
    )


_REPLACED = (
    "CloudFormation makes a new one and deletes the old one, with what it holds. One of a fixed name cannot be made."
)
_INSTEAD = "If it holds data, keep the property as it is, or move the data first."
