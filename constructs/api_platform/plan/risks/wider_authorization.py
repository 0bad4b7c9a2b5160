"""The mesh lets more callers in, or to more."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.authorization import admissions, uncovered, with_action
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.plan.risks.scopes import by_scope, old_scopes

KIND = "AuthorizationPolicy"


def wider_authorization(changes: DeployChanges) -> list[Risk]:
    """Find calls that ALLOW policies admit now and did not before, to what was there before.

    Policies are compared by what they come to for each workload: one that is split or renamed is no change.
    """
    before, after = by_scope(changes.before, KIND), by_scope(changes.after, KIND)
    risks = []
    for scope in dict.fromkeys([*old_scopes(changes), *before]):
        old, new = before.get(scope, ()), after.get(scope, ())
        if with_action(old, "ALLOW"):  # else everyone was let in
            wider = uncovered(admissions(new), admissions(old))
            risks += [
                Risk(Danger.WEAKENS, scope, f"admits {one}", "The mesh let nobody in so before.") for one in wider
            ]
    return risks
