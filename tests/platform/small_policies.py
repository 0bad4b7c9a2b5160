"""Three pods, and policies of a few words, to try the evaluator with."""

from typing import Any

from tests.platform.reachability import Pod, Request
from tests.rendering import Manifest

SHOP = Pod("shop", "staging", {"app": "shop"}, principal="cluster.local/ns/staging/sa/shop", address="10.0.0.1")
STOCK = Pod("stock", "staging", {"app": "stock"}, principal="cluster.local/ns/staging/sa/stock", address="10.0.0.2")
PLAIN = Pod("prometheus", "monitoring", {"app": "prometheus"}, address="10.0.0.3")
CALL = Request(8080)


def network_policy(**spec: Any) -> Manifest:
    return {"kind": "NetworkPolicy", "metadata": {"namespace": "staging"}, "spec": {"podSelector": {}, **spec}}


def authorization_policy(namespace: str = "staging", **spec: Any) -> Manifest:
    return {"kind": "AuthorizationPolicy", "metadata": {"namespace": namespace}, "spec": spec}
