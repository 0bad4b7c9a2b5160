"""What was denied is denied no more."""

from collections.abc import Iterator

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks import wider_authorization, wider_network_policy
from api_platform.plan.risks.authorization import admissions, uncovered, with_action
from api_platform.plan.risks.network import DIRECTIONS, isolates
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.plan.risks.scopes import by_scope, old_scopes

_REMEDY = "Keep a policy that denies by default: allow-nothing in the mesh, default-deny in the network."


def lost_deny(changes: DeployChanges) -> list[Risk]:
    """Find what no policy closes any more, and DENY rules that go.

    In both systems the first policy that applies closes all that it does not name, and the last one to go opens all.
    """
    return [*_network(changes), *_mesh(changes)]


def _network(changes: DeployChanges) -> Iterator[Risk]:
    before, after = (by_scope(side, wider_network_policy.KIND) for side in (changes.before, changes.after))
    for scope in old_scopes(changes):
        for direction in DIRECTIONS:
            was, is_now = (any(isolates(one, direction) for one in side.get(scope, ())) for side in (before, after))
            if was and not is_now and _is_there(changes, scope):
                value = f"no NetworkPolicy closes {direction.lower()} any more"
                yield Risk(Danger.WEAKENS, scope, value, "All traffic of that direction passes.", _REMEDY)


def _mesh(changes: DeployChanges) -> Iterator[Risk]:
    before, after = (by_scope(side, wider_authorization.KIND) for side in (changes.before, changes.after))
    for scope in dict.fromkeys([*old_scopes(changes), *before]):
        old, new = before.get(scope, ()), after.get(scope, ())
        if with_action(old, "ALLOW") and not with_action(new, "ALLOW") and _is_there(changes, scope):
            yield Risk(Danger.WEAKENS, scope, "no ALLOW policy applies any more", "The mesh lets everyone in.", _REMEDY)
        for lost in uncovered(admissions(old, "DENY"), admissions(new, "DENY")):
            yield Risk(Danger.WEAKENS, scope, f"no longer denies {lost}", "What an ALLOW policy admits, it admits now.")


def _is_there(changes: DeployChanges, scope: str) -> bool:
    """Return whether what the policies were about stays: with a namespace or a gateway, its policies may go."""
    names = {str(key) for key in changes.after.objects} | {
        f"all pods of namespace {key.namespace}" for key in changes.after.objects
    }
    return scope in names or scope.startswith("pods of")
