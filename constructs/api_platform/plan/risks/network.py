"""Reads what NetworkPolicies let through, peer by peer, so that two sides of them can be compared."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from itertools import product
from typing import Any, Literal

from api_platform.rules.finding import Manifest
from api_platform.rules.objects import namespace
from api_platform.rules.values import at, rows, table, text, whole, words

Direction = Literal["Ingress", "Egress"]
DIRECTIONS: tuple[Direction, ...] = ("Ingress", "Egress")
_PEERS: Mapping[Direction, tuple[str, str]] = {"Ingress": ("ingress", "from"), "Egress": ("egress", "to")}


@dataclass(frozen=True)
class Opening:
    """Traffic of one direction, with one peer, on one port, that a policy lets through."""

    direction: Direction
    namespace: str | None
    """Of the policy: a peer's pods without a namespace selector are there."""
    peer: Mapping[str, Any]
    """As Kubernetes has it; empty: everyone."""
    port: Mapping[str, Any]
    """As Kubernetes has it; empty: every port."""

    def __str__(self) -> str:
        """Return it as messages name it."""
        way = "from" if self.direction == "Ingress" else "to"
        port = self.port.get("port")
        ports = "every port" if port is None else f"{self.port.get('protocol', 'TCP')} {port}{self._last_port}"
        return f"{way} {self._peer} on {ports}"

    def covers(self, other: "Opening") -> bool:
        """Return whether all that the other lets through passes here, too."""
        return self.direction == other.direction and self._covers_peer(other) and self._covers_port(other)

    @property
    def _last_port(self) -> str:
        return f" to {self.port['endPort']}" if "endPort" in self.port else ""

    @property
    def _peer(self) -> str:
        if cidr := text(self.peer, "ipBlock", "cidr"):
            without = words(self.peer, "ipBlock", "except")
            return cidr + (f" without {', '.join(without)}" if without else "")
        pods = _labels(self.peer, "podSelector") or "all pods"
        if "namespaceSelector" in self.peer:
            return f"{pods} of {_labels(self.peer, 'namespaceSelector') or 'all namespaces'}"
        return pods if self.peer else "everyone"

    def _covers_peer(self, other: "Opening") -> bool:
        if not self.peer or self.peer == other.peer:
            return not self.peer or self.namespace == other.namespace or "podSelector" not in self.peer
        if "ipBlock" in self.peer:
            return _contains(table(self.peer, "ipBlock"), table(other.peer, "ipBlock"))
        return (
            "ipBlock" not in other.peer
            and bool(other.peer)
            and not any(table(self.peer, "podSelector").values())
            and self.peer.get("namespaceSelector") == other.peer.get("namespaceSelector")
        )

    def _covers_port(self, other: "Opening") -> bool:
        if not self.port or self.port == other.port:
            return True
        first, last = whole(self.port, "port"), whole(self.port, "endPort")
        port = whole(other.port, "port")
        same = self.port.get("protocol", "TCP") == other.port.get("protocol", "TCP")
        if first is None or port is None:
            return same and "port" not in self.port
        return same and first <= port and (whole(other.port, "endPort") or port) <= (last or first)


def openings(policies: Iterable[Manifest], direction: Direction) -> Iterator[Opening]:
    """Yield what the policies let through in one direction."""
    rules, peers = _PEERS[direction]
    for policy in policies:
        for rule in rows(policy, "spec", rules):
            for peer, port in product(rows(rule, peers) or [{}], rows(rule, "ports") or [{}]):
                yield Opening(direction, namespace(policy), peer, port)


def isolates(policy: Manifest, direction: Direction) -> bool:
    """Return whether the pods that a policy selects may do only what policies let through, in this direction."""
    named = words(policy, "spec", "policyTypes")
    return direction in named if named else direction == "Ingress" or at(policy, "spec", "egress") is not None


def _contains(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> bool:
    try:
        wide, narrow = ip_network(text(outer, "cidr")), ip_network(text(inner, "cidr"))
        holes = [ip_network(one) for one in words(outer, "except")]
        return narrow.subnet_of(wide) and not any(narrow.overlaps(hole) for hole in holes)  # type: ignore[arg-type]
    except (TypeError, ValueError):  # of two families; or none
        return False


def _labels(peer: Mapping[str, Any], selector: str) -> str:
    found = table(peer, selector)
    plain = [f"{key}={value}" for key, value in table(found, "matchLabels").items()]
    return ", ".join([*plain, *(json.dumps(one) for one in rows(found, "matchExpressions"))])
