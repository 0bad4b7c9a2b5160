from typing import Any

import pytest

from api_platform.plan.risks.pod_security_lowered import pod_security_lowered
from tests.plan.sides import Sides

SAFE = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "privileged": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "seccompProfile": {"type": "RuntimeDefault"},
}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("allowPrivilegeEscalation", True, "allowPrivilegeEscalation is no longer false"),
        ("privileged", True, "privileged is no longer false"),
        ("readOnlyRootFilesystem", False, "readOnlyRootFilesystem is no longer true"),
        ("runAsNonRoot", False, "runAsNonRoot is no longer true"),
        ("capabilities", {"drop": ["ALL"], "add": ["NET_ADMIN"]}, "gains capability NET_ADMIN"),
        ("capabilities", {}, "no longer drops capability ALL"),
        ("seccompProfile", {"type": "Unconfined"}, "has no seccomp profile any more"),
    ],
)
def test_a_safe_setting_that_goes_is_found(sides: Sides, field: str, value: Any, says: str) -> None:
    sides.before.container("orders")["securityContext"] = dict(SAFE)
    sides.after.container("orders")["securityContext"] = {**SAFE, field: value}
    assert sides.values(pod_security_lowered) == [("Deployment production/orders", f"container orders: {says}")]


def test_a_setting_that_moves_to_the_pod_is_no_risk(sides: Sides) -> None:
    sides.before.container("orders")["securityContext"] = {"runAsNonRoot": True}
    sides.after.pod("orders")["securityContext"] = {"runAsNonRoot": True}
    assert sides.risks(pod_security_lowered) == []


def test_the_nodes_network_is_found(sides: Sides) -> None:
    sides.after.pod("orders")["hostNetwork"] = True
    assert sides.values(pod_security_lowered) == [("Deployment production/orders", "hostNetwork becomes true")]


def test_a_namespace_that_enforces_less_is_found(sides: Sides) -> None:
    labels = sides.after.one("Namespace", "production")["metadata"]["labels"]
    labels["pod-security.kubernetes.io/enforce"] = "baseline"
    assert sides.values(pod_security_lowered) == [
        ("Namespace production", "enforces Pod Security baseline; it was restricted")
    ]
