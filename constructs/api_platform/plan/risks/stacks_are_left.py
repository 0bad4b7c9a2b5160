"""The app no longer has a stack that is deployed."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.risk import Danger, Risk


def stacks_are_left(changes: DeployChanges) -> list[Risk]:
    """Find stacks that left the app: `cdk deploy` never deletes one, so all in it goes on running, and costs."""
    return [
        Risk(
            Danger.REMOVES,
            f"stack {stack.path}",
            f"is no longer in the app; it holds {_count(changes, key.name)}",
            "No deploy deletes it: its pods go on running, and its resources cost what they did.",
            f"aws cloudformation delete-stack --stack-name {key.name} --region {key.region} "
            "(termination protection off first), once nobody needs it.",
        )
        for key, stack in changes.before.stacks.items()
        if key not in changes.after.stacks
    ]


def _count(changes: DeployChanges, stack: str) -> str:
    objects = [one for one in changes.before.objects.values() if one.stack and one.stack.name == stack]
    return f"{len(objects)} Kubernetes {'object' if len(objects) == 1 else 'objects'}"
