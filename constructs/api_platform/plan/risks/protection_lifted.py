"""Something that could not be deleted can be deleted then."""

from typing import Final

from api_platform.plan.changes import DeployChanges
from api_platform.plan.fields import FieldChange
from api_platform.plan.risks.risk import Danger, Risk

_PROTECTIONS: Final = frozenset({"DeletionProtection", "DeletionProtectionEnabled", "TerminationProtectionEnabled"})
"""Properties by which a resource refuses to be deleted."""
_ON: Final = (True, "true")


def protection_lifted(changes: DeployChanges) -> list[Risk]:
    """Find resources that are protected from deletion, and will be no longer."""
    return [
        Risk(
            Danger.WEAKENS,
            f"stack {change.stack}",
            f"{change}: {field.place} is turned off",
            "Whoever deletes the stack, or replaces the resource, then deletes it with all that is in it.",
            "Leave it on. Where it shall really go: api-platform plan --unprotect, then cdk deploy.",
        )
        for change in changes.aws.resources
        for field in change.fields
        if field.path[-1] in _PROTECTIONS and _is_lifted(field)
    ]


def _is_lifted(field: FieldChange) -> bool:
    return field.before in _ON and field.after not in _ON
