"""The API server was asked, and refuses an object."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.immutable_fields_change import immutable_fields_change
from api_platform.plan.risks.risk import Danger, Risk


def server_refuses(changes: DeployChanges) -> list[Risk]:
    """Find what a dry run on the cluster did not get through, and for a reason that we do not know ourselves."""
    known = {risk.subject for risk in immutable_fields_change(changes)}
    return [
        Risk(
            Danger.FAILS,
            subject,
            reason,
            "The cluster's own answer to a dry run; a deploy would get the same.",
            "Change it so that the API server takes it; or, if a field is immutable, delete the live object first.",
        )
        for subject, reason in changes.refused
        if subject not in known
    ]
