from api_platform.plan.risks.mutual_tls_lowered import mutual_tls_lowered
from tests.plan.sides import Sides

ORDERS = "Deployment production/orders"


def test_a_port_that_takes_plain_text_is_found(sides: Sides) -> None:
    sides.after.one("PeerAuthentication", "orders")["spec"]["portLevelMtls"]["8081"] = {"mode": "PERMISSIVE"}
    assert sides.values(mutual_tls_lowered) == [
        (ORDERS, "mutual TLS goes from STRICT to PERMISSIVE on port 8081"),
    ]


def test_a_workload_that_takes_plain_text_is_found_on_each_port(sides: Sides) -> None:
    """But for the metrics port, which took it before."""
    sides.after.one("PeerAuthentication", "orders")["spec"]["mtls"]["mode"] = "DISABLE"
    assert sides.values(mutual_tls_lowered) == [(ORDERS, "mutual TLS goes from STRICT to DISABLE on port 8081")]


def test_a_namespaces_own_policy_that_goes_is_found(sides: Sides) -> None:
    sides.after.remove("PeerAuthentication", "default")
    assert sides.values(mutual_tls_lowered) == [
        ("all pods of namespace production", "mutual TLS goes from STRICT to PERMISSIVE")
    ]


def test_the_meshs_policy_stands_in_for_the_namespaces(sides: Sides) -> None:
    sides.after.copy("PeerAuthentication", "default", "mesh-wide")["metadata"]["namespace"] = "istio-system"
    sides.after.remove("PeerAuthentication", "default")
    assert sides.risks(mutual_tls_lowered) == []


def test_a_workloads_own_policy_that_goes_leaves_the_namespaces(sides: Sides) -> None:
    """It closes the metrics port, which is no risk."""
    sides.after.remove("PeerAuthentication", "orders")
    assert sides.risks(mutual_tls_lowered) == []


def test_a_destination_that_is_sent_plain_text_is_found(sides: Sides) -> None:
    sides.after.one("DestinationRule", "stock")["spec"]["trafficPolicy"]["tls"]["mode"] = "DISABLE"
    assert sides.values(mutual_tls_lowered) == [
        (
            "DestinationRule production/stock",
            "TLS towards stock.production.svc.cluster.local goes from ISTIO_MUTUAL to DISABLE",
        )
    ]
