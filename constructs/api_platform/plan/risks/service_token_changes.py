"""A custom resource gets another function."""

from api_platform.plan.aws_changes import Impact
from api_platform.plan.changes import DeployChanges
from api_platform.plan.fields import is_same
from api_platform.plan.risks.risk import Danger, Risk

_TOKEN = "ServiceToken"


def service_token_changes(changes: DeployChanges) -> list[Risk]:
    """Find custom resources, Kubernetes objects among them, whose function is exchanged: CloudFormation refuses it."""
    subjects = [
        str(change.key)
        for change in changes.objects
        if change.before
        and change.after
        and change.before.holder == change.after.holder
        and not is_same(change.before.applied_by.get(_TOKEN), change.after.applied_by.get(_TOKEN))
    ]
    subjects += [
        f"{one} of {one.stack}"
        for one in changes.aws.resources
        if one.impact is Impact.UPDATE and any(field.path[0] == _TOKEN for field in one.fields)
    ]
    return [
        Risk(
            Danger.FAILS,
            subject,
            f"{_TOKEN} changes",
            "CloudFormation lets no custom resource change its function: the deploy fails and rolls back.",
            "Keep the provider's construct where it is, or give the resource another logical id and let go of the old.",
        )
        for subject in subjects
    ]
