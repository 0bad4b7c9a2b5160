"""Whose fields are in an object."""

import pytest

from api_platform.drift.foreign_fields import FieldTree, foreign_fields, writers
from tests.drift.live import CDK, DECLARED, entry, live

SCALE: FieldTree = {"f:spec": {"f:replicas": {}}}


@pytest.mark.parametrize("manager", ["kubectl-edit", "kubectl-scale", "Lens", "terraform"])
def test_what_neither_deploys_nor_runs_the_platform_is_somebodys(manager: str) -> None:
    assert foreign_fields(live(DECLARED, entry(manager, SCALE))) == SCALE


@pytest.mark.parametrize(
    "manager", [CDK, "kube-controller-manager", "keda", "argocd-controller", "cert-manager-issuers"]
)
def test_a_deployment_and_controllers_are_known(manager: str) -> None:
    """Else every autoscaler's step would be told at night."""
    assert foreign_fields(live(DECLARED, entry(manager, SCALE))) == {}


def test_an_objects_state_is_nobodys_to_declare() -> None:
    assert foreign_fields(live(DECLARED, entry("somebody", {"f:status": {}}, subresource="status"))) == {}


def test_two_writers_fields_are_joined() -> None:
    first: FieldTree = {"f:spec": {"f:a": {"f:b": {}}}}
    second: FieldTree = {"f:spec": {"f:a": {"f:c": {}}}}
    both = live(DECLARED, entry("one", first), entry("two", second))
    assert foreign_fields(both) == {"f:spec": {"f:a": {"f:b": {}, "f:c": {}}}}


def test_who_wrote_by_hand_is_named_and_else_who_applied() -> None:
    assert writers(live(DECLARED, entry("kubectl-edit", SCALE))) == ["kubectl-edit at 2026-11-01T03:00:00Z"]
    assert writers(live()) == [f"{CDK} at 2026-11-01T03:00:00Z"]
