"""Who can reach whom, worked out from NetworkPolicies and AuthorizationPolicies alone.

Written from the two APIs' documentation, and knows nothing of the code that makes the policies. It stops with
NotImplementedError at any field that it does not understand: to ignore one would be to guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from api_platform.rules import Manifest
from tests.platform.matching import Part, any_of, known, selects, within

Direction = Literal["ingress", "egress"]

PASSED_BY = frozenset({15020, 15021, 15090})
"""Ports that the mesh's proxy does not redirect to itself: no AuthorizationPolicy is asked there."""
ROOT_NAMESPACE = "istio-system"
"""An AuthorizationPolicy in it holds in every namespace."""


@dataclass(frozen=True)
class Pod:
    """One end of a connection."""

    name: str
    namespace: str
    labels: Mapping[str, str] = field(default_factory=dict)
    principal: str | None = None
    """Its identity in the mesh; None: it has no proxy, and comes in plain text."""
    address: str = "10.255.255.1"


@dataclass(frozen=True)
class Request:
    """What the caller tries."""

    port: int
    """The callee's container port."""
    method: str = "GET"
    path: str = "/"
    protocol: str = "TCP"


@dataclass(frozen=True)
class Policies:
    """All policies of a cluster, and the labels of its namespaces."""

    network: Sequence[Manifest]
    authorization: Sequence[Manifest]
    namespaces: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Labels by namespace, beside the name that Kubernetes itself gives each as a label."""

    @classmethod
    def of(cls, objects: Iterable[Manifest]) -> "Policies":
        """Return the policies among the objects."""
        kinds: dict[str, list[Manifest]] = {}
        for one in objects:
            kinds.setdefault(one["kind"], []).append(one)
        labels = {one["metadata"]["name"]: one["metadata"].get("labels", {}) for one in kinds.get("Namespace", [])}
        return cls(kinds.get("NetworkPolicy", []), kinds.get("AuthorizationPolicy", []), labels)

    def reaches(self, caller: Pod, callee: Pod, request: Request) -> bool:
        """Say whether the caller's request gets to the callee's container."""
        return self.packets_pass(caller, callee, request) and self.mesh_allows(caller, callee, request)

    def packets_pass(self, caller: Pod, callee: Pod, request: Request) -> bool:
        """Say whether the NetworkPolicies of both ends let the connection through."""
        return self._open("egress", caller, callee, request) and self._open("ingress", callee, caller, request)

    def leaves(self, caller: Pod, address: str, port: int) -> bool:
        """Say whether the caller can open a connection to an address that is no pod's."""
        outside = Pod("outside", namespace="", address=address)
        return self._open("egress", caller, outside, Request(port))

    def mesh_allows(self, caller: Pod, callee: Pod, request: Request) -> bool:
        """Say whether the callee's proxy lets the request through, by the AuthorizationPolicies."""
        if request.port in PASSED_BY:
            return True
        policies = [one for one in self.authorization if _is_about(one, callee)]
        by_action: dict[str, list[Manifest]] = {"ALLOW": [], "DENY": []}
        for policy in policies:
            action = policy["spec"].get("action", "ALLOW")
            if action not in by_action:
                raise NotImplementedError(f"action {action}")
            by_action[action].append(policy)
        if any(_matches(policy, caller, request) for policy in by_action["DENY"]):
            return False
        allowing = by_action["ALLOW"]
        return not allowing or any(_matches(policy, caller, request) for policy in allowing)

    def _open(self, direction: Direction, pod: Pod, peer: Pod, request: Request) -> bool:
        """Say whether the pod's own policies let the peer's packets through; without any policy, all pass."""
        policies = [one for one in self.network if self._isolates(one, direction, pod)]
        rules = [(policy, rule) for policy in policies for rule in policy["spec"].get(direction) or []]
        return not policies or any(self._passes(policy, direction, rule, peer, request) for policy, rule in rules)

    def _isolates(self, policy: Manifest, direction: Direction, pod: Pod) -> bool:
        spec = known(policy["spec"], "podSelector", "policyTypes", "ingress", "egress")
        types = spec.get("policyTypes", ["Ingress"] + (["Egress"] if "egress" in spec else []))
        in_force = direction.capitalize() in types
        return (
            in_force and policy["metadata"]["namespace"] == pod.namespace and selects(spec["podSelector"], pod.labels)
        )

    def _passes(self, policy: Manifest, direction: Direction, rule: Part, peer: Pod, request: Request) -> bool:
        peers = "from" if direction == "ingress" else "to"
        known(rule, peers, "ports")
        is_peer = not rule.get(peers) or any(self._is_peer(policy, one, peer) for one in rule[peers])
        return is_peer and (not rule.get("ports") or any(_is_port(one, request) for one in rule["ports"]))

    def _is_peer(self, policy: Manifest, described: Part, pod: Pod) -> bool:
        known(described, "ipBlock", "namespaceSelector", "podSelector")
        if "ipBlock" in described:
            # A pod has an address as everything else. Whether a block means pods too is left to the network plugin, so
            # the worse of both is taken.
            block = known(described["ipBlock"], "cidr", "except")
            return within(pod.address, [block["cidr"]]) and not within(pod.address, block.get("except", []))
        if "namespaceSelector" in described:
            labels = {**self.namespaces.get(pod.namespace, {}), "kubernetes.io/metadata.name": pod.namespace}
            right_namespace = selects(described["namespaceSelector"], labels)
        else:
            right_namespace = pod.namespace == policy["metadata"]["namespace"]
        return right_namespace and selects(described.get("podSelector", {}), pod.labels)


def _is_port(described: Part, request: Request) -> bool:
    known(described, "port", "endPort", "protocol")
    if described.get("protocol", "TCP") != request.protocol:
        return False
    first = described.get("port")
    if isinstance(first, str):
        raise NotImplementedError(f"port by name: {first}")
    return first is None or first <= request.port <= described.get("endPort", first)


def _is_about(policy: Manifest, callee: Pod) -> bool:
    """Say whether an AuthorizationPolicy holds for the callee."""
    spec = known(policy.get("spec", {}), "selector", "action", "rules")
    right_namespace = policy["metadata"]["namespace"] in (callee.namespace, ROOT_NAMESPACE)
    return right_namespace and selects(spec.get("selector", {}), callee.labels)


def _matches(policy: Manifest, caller: Pod, request: Request) -> bool:
    """Say whether any rule matches. Without rules none does; a rule without conditions matches everything."""
    return any(_rule_matches(rule, caller, request) for rule in policy["spec"].get("rules") or [])


def _rule_matches(rule: Part, caller: Pod, request: Request) -> bool:
    known(rule, "from", "to")
    sources, operations = rule.get("from") or [], rule.get("to") or []
    is_source = not sources or any(_source_matches(known(one, "source")["source"], caller) for one in sources)
    is_operation = not operations or any(
        _operation_matches(known(one, "operation")["operation"], request) for one in operations
    )
    return is_source and is_operation


def _source_matches(source: Part, caller: Pod) -> bool:
    known(source, "principals", "namespaces")
    identity = caller.principal
    namespace = identity.split("/")[2] if identity else None
    return any_of(source.get("principals"), identity) and any_of(source.get("namespaces"), namespace)


def _operation_matches(operation: Part, request: Request) -> bool:
    known(operation, "ports", "methods", "paths")
    return (
        any_of(operation.get("ports"), str(request.port))
        and any_of(operation.get("methods"), request.method)
        and any_of(operation.get("paths"), request.path)
    )
