"""To whom a policy applies: what risks of policies compare, rather than the policies' names."""

from collections.abc import Iterator, Mapping, Sequence

from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.states import DeployState
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import namespace, pod_selector

Policies = Mapping[str, Sequence[Manifest]]
"""A Deployment, or all pods of a namespace, as messages name it -> the policies that apply to it."""


def old_scopes(changes: DeployChanges) -> list[str]:
    """Return the Deployments that are there before and after, and the namespaces: what is new cannot be weakened."""
    both = [key for key in changes.after.objects if key.kind == "Deployment" and key in changes.before.objects]
    return [*map(str, both), *_namespaces(changes.before)]


def by_scope(state: DeployState, kind: str) -> Policies:
    """Return which policies of a kind apply to what. Those of a namespace apply to each Deployment in it, too."""
    found: dict[str, list[Manifest]] = {}
    for policy in state.index.of_kind(kind):
        for scope in _scopes(state, policy):
            found.setdefault(scope, []).append(policy)
    return found


def all_pods_of(where: str | None) -> str:
    """Return how messages name the pods of a namespace."""
    return f"all pods of namespace {where}"


def _scopes(state: DeployState, policy: Manifest) -> Iterator[str]:
    yield from (str(ObjectKey.of(one)) for one in state.index.selected_by(policy))
    selector = pod_selector(policy)
    if not selector or not any(selector.values()):
        yield all_pods_of(namespace(policy))
    elif not state.index.selected_by(policy):  # of a Helm release, as the gateway's
        yield f"pods of namespace {namespace(policy)} by {dict(selector)}"


def _namespaces(state: DeployState) -> list[str]:
    return list(dict.fromkeys(all_pods_of(key.namespace) for key in state.objects if key.namespace))
