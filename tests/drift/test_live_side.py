"""A live object in the shape of ours."""

import json
from typing import Any

import pytest

from api_platform.drift.foreign_fields import FieldTree
from api_platform.drift.live_side import live_side
from api_platform.plan.fields import field_changes
from api_platform.plan.live_objects import LAST_APPLIED
from tests.drift.live import DECLARED, entry, live


def differences(now: dict[str, Any]) -> list[str]:
    """Return the places in which it is not as we declare it."""
    return [change.place for change in field_changes(DECLARED, live_side(DECLARED, now))]


def container(now: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = now["spec"]["template"]["spec"]["containers"][0]
    return found


def test_what_was_deployed_is_as_it_was_declared() -> None:
    """Defaults, the server's own fields and values that mean nothing are no drift."""
    assert differences(live()) == []


def test_applied_by_the_server_there_is_no_annotation() -> None:
    now = live()
    del now["metadata"]["annotations"]
    assert differences(now) == []


def test_a_field_of_ours_is_compared_whoever_wrote_it() -> None:
    """A controller that does what nobody asked it for is drift, too."""
    now = live(DECLARED, entry("kube-controller-manager", {}))
    container(now)["image"] = "orders:v2"
    assert differences(now) == ["spec.template.spec.containers[orders].image"]


def test_a_field_that_somebody_put_beside_ours_is_told() -> None:
    now = live(DECLARED, entry("kubectl-scale", {"f:spec": {"f:replicas": {}}}, subresource="scale"))
    now["spec"]["replicas"] = 9
    assert differences(now) == ["spec.replicas"]


def test_in_a_list_the_item_is_found_by_its_name() -> None:
    containers: FieldTree = {'k:{"name":"orders"}': {".": {}, "f:stdin": {}}}
    fields = {"f:spec": {"f:template": {"f:spec": {"f:containers": containers}}}}
    now = live(DECLARED, entry("kubectl-edit", fields))
    container(now)["stdin"] = True
    assert differences(now) == ["spec.template.spec.containers[orders].stdin"]


def test_of_a_field_that_is_not_ours_only_somebodys_part_is_told() -> None:
    """Beside what somebody wrote into it stand defaults."""
    now = live(DECLARED, entry("kubectl-edit", {"f:spec": {"f:strategy": {"f:rollingUpdate": {}}}}))
    now["spec"]["strategy"] = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 5}}
    assert live_side(DECLARED, now)["spec"]["strategy"] == {"rollingUpdate": {"maxSurge": 5}}


def test_one_more_item_of_a_list_is_told() -> None:
    now = live()
    container(now)["env"].append({"name": "B", "value": "2"})
    assert differences(now) == ["spec.template.spec.containers[orders].env[B]"]


def test_what_somebody_else_applied_is_told() -> None:
    """`kubectl apply` by hand has the same name as a deployment."""
    now = live()
    applied = json.loads(now["metadata"]["annotations"][LAST_APPLIED])
    applied["spec"]["minReadySeconds"] = now["spec"]["minReadySeconds"] = 5
    now["metadata"]["annotations"][LAST_APPLIED] = json.dumps(applied)
    assert differences(now) == ["spec.minReadySeconds"]


@pytest.mark.parametrize("key", ["finalizers", "annotations"])
def test_what_changes_nothing_of_an_object_is_not_told(key: str) -> None:
    restarted = {"kubectl.kubernetes.io/restartedAt": "now"}
    fields: FieldTree = {"f:metadata": {"f:finalizers": {}, "f:annotations": {f"f:{name}": {} for name in restarted}}}
    now = live(DECLARED, entry("kubectl-rollout", fields))
    now["metadata"][key] = ["somebody"] if key == "finalizers" else {**now["metadata"]["annotations"], **restarted}
    assert differences(now) == []
