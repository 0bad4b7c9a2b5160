"""The network lets more through."""

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.network import DIRECTIONS, isolates, openings
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.plan.risks.scopes import by_scope, old_scopes

KIND = "NetworkPolicy"


def wider_network_policy(changes: DeployChanges) -> list[Risk]:
    """Find traffic that NetworkPolicies let through now and did not before, for what was there before."""
    before, after = by_scope(changes.before, KIND), by_scope(changes.after, KIND)
    risks = []
    for scope in old_scopes(changes):
        for direction in DIRECTIONS:
            if not any(isolates(one, direction) for one in before.get(scope, ())):
                continue  # all was open
            old = list(openings(before[scope], direction))
            new = [
                one for one in openings(after.get(scope, ()), direction) if not any(known.covers(one) for known in old)
            ]
            texts = dict.fromkeys(f"lets traffic through {one}" for one in new)
            risks += [Risk(Danger.WEAKENS, scope, text, "The network let none through so before.") for text in texts]
    return risks
