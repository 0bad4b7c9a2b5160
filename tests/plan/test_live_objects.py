"""An object as a cluster holds it."""

import pytest

from api_platform.plan.live_objects import LAST_APPLIED, kubectl_resource, own_part


@pytest.mark.parametrize(
    ("version", "asked"), [("apps/v1", "Deployment.v1.apps"), ("v1", "Deployment.v1."), ("", "Deployment..")]
)
def test_kubectl_is_asked_by_kind_version_and_group(version: str, asked: str) -> None:
    """By kind alone it would take the first group that has one."""
    assert kubectl_resource({"kind": "Deployment", "apiVersion": version}) == asked


def test_what_the_server_writes_is_left_out_and_nothing_else() -> None:
    metadata = {"name": "one", "labels": {"a": "b"}}
    live = {
        "kind": "Service",
        "metadata": {**metadata, "uid": "1", "generation": 2, "annotations": {LAST_APPLIED: "{}", "kept": "yes"}},
        "spec": {"type": "ClusterIP"},
        "status": {"loadBalancer": {}},
    }
    assert own_part(live) == {
        "kind": "Service",
        "metadata": {**metadata, "annotations": {"kept": "yes"}},
        "spec": {"type": "ClusterIP"},
    }


def test_annotations_that_were_the_servers_alone_leave_nothing() -> None:
    assert own_part({"metadata": {"annotations": {LAST_APPLIED: "{}"}}}) == {"metadata": {}}
