"""Something may be called without mutual TLS that had to be called with it, or calls without it."""

from collections.abc import Iterator, Mapping
from typing import Final

from api_platform import names
from api_platform.plan.changes import DeployChanges
from api_platform.plan.object_changes import Action
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.plan.risks.scopes import all_pods_of, old_scopes
from api_platform.plan.states import DeployState
from api_platform.rules.finding import Manifest
from api_platform.rules.objects import namespace, pod_selector
from api_platform.rules.pods import containers
from api_platform.rules.values import at, rows, table, text

_ACCEPTED: Final[Mapping[str, int]] = {"DISABLE": 0, "PERMISSIVE": 1, "STRICT": 2}
_SENT: Final[Mapping[str, int]] = {"DISABLE": 0, "SIMPLE": 1, "MUTUAL": 2, "ISTIO_MUTUAL": 3}
_KIND: Final = "PeerAuthentication"


def mutual_tls_lowered(changes: DeployChanges) -> list[Risk]:
    """Find ports of what was there before that accept less than before, and destinations that are sent less."""
    return [*_accepted(changes), *_sent(changes)]


def _accepted(changes: DeployChanges) -> Iterator[Risk]:
    before, after = _Modes(changes.before), _Modes(changes.after)
    scopes = {str(key): key for key in changes.after.objects if key.kind == "Deployment"}
    for scope in old_scopes(changes):
        if key := scopes.get(scope):
            for port in _ports(changes, key):
                yield from _lower(scope, f" on port {port}", before.of(key, port), after.of(key, port))
    places = {key.namespace for key in changes.before.objects if key.namespace}
    for place in sorted(places):
        yield from _lower(all_pods_of(place), "", before.of_namespace(place), after.of_namespace(place))


class _Modes:
    """What the PeerAuthentications of one side come to: the narrowest that says something wins."""

    def __init__(self, state: DeployState) -> None:
        self._mesh_wide, self._namespaces = "", dict[str | None, str]()
        self._workloads = dict[ObjectKey, Manifest]()
        for policy in state.index.of_kind(_KIND):
            if pod_selector(policy):
                self._workloads |= {ObjectKey.of(one): policy for one in state.index.selected_by(policy)}
            else:
                self._namespaces[namespace(policy)] = _mode(policy)
        self._mesh_wide = self._namespaces.get(names.ISTIO_NAMESPACE, "")

    def of(self, workload: ObjectKey, port: str) -> str:
        policy = self._workloads.get(workload, {})
        own = text(table(policy, "spec", "portLevelMtls").get(port), "mode"), _mode(policy)
        return next((mode for mode in own if mode in _ACCEPTED), self.of_namespace(workload.namespace))

    def of_namespace(self, place: str | None) -> str:
        return self._namespaces.get(place) or self._mesh_wide or "PERMISSIVE"


def _mode(policy: Manifest) -> str:
    mode = text(policy, "spec", "mtls", "mode")
    return mode if mode in _ACCEPTED else ""


def _ports(changes: DeployChanges, workload: ObjectKey) -> list[str]:
    deployment = changes.before.objects[workload].manifest
    return [str(at(port, "containerPort")) for one in containers(deployment) for port in rows(one, "ports")]


def _lower(scope: str, port: str, before: str, after: str) -> Iterator[Risk]:
    if _ACCEPTED[after] < _ACCEPTED[before]:
        value = f"mutual TLS goes from {before} to {after}{port}"
        consequence = "Callers without an identity are accepted, and nothing encrypts their calls."
        yield Risk(Danger.WEAKENS, scope, value, consequence)


def _sent(changes: DeployChanges) -> Iterator[Risk]:
    for change in changes.of_kind("DestinationRule", Action.UPDATE):
        before, after = (text(side, "spec", "trafficPolicy", "tls", "mode") for side in (change.old, change.new))
        if before in _SENT and after in _SENT and _SENT[after] < _SENT[before]:
            value = f"TLS towards {text(change.new, 'spec', 'host')} goes from {before} to {after}"
            yield Risk(Danger.WEAKENS, str(change.key), value, "Calls there go without the caller's identity.")
