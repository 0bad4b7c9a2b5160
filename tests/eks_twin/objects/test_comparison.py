from typing import Any

import pytest

from eks_twin.objects.comparison import Comparison, Difference, compare

OURS: dict[str, Any] = {
    "kind": "Deployment",
    "metadata": {"name": "api-service", "labels": {"app": "api-service"}},
    "spec": {"minReadySeconds": 10, "template": {"spec": {"containers": [{"name": "api-service"}]}}},
}
DEFAULTED: dict[str, Any] = {
    **OURS,
    "spec": {
        "minReadySeconds": 10,
        "replicas": 1,
        "template": {"spec": {"containers": [{"name": "api-service", "stdin": False}], "restartPolicy": "Always"}},
    },
}


def compared(ours: Any = OURS, live: Any = DEFAULTED, created: Any = DEFAULTED, *, custom: bool = False) -> Comparison:
    """Compare an object that is as it should be, but for what a test changes."""
    return compare(ours, live, created, custom=custom)


def of(value: Any, *, kind: str = "Deployment", key: str = "value") -> dict[str, Any]:
    """Return an object that holds this."""
    return {"kind": kind, "spec": {key: value}}


def test_an_object_with_nothing_but_defaults_added_is_equal() -> None:
    result = compared()
    assert result.differences == []
    assert result.fields == 5
    assert result.defaulted == 2  # restartPolicy and stdin; the replicas are the autoscaler's


def test_another_value_than_ours_is_a_difference() -> None:
    live = {**DEFAULTED, "spec": {**DEFAULTED["spec"], "minReadySeconds": 0}}
    assert compared(live=live).differences == [Difference(("spec", "minReadySeconds"), 10, 0)]


def test_a_field_of_ours_that_is_not_there_is_a_difference() -> None:
    live = {**DEFAULTED, "metadata": {"name": "api-service"}}
    assert [str(one) for one in compared(live=live).differences] == [
        "metadata.labels.app: wanted 'api-service', is nothing"
    ]


def test_a_field_that_nobody_is_known_to_write_is_a_difference() -> None:
    """Somebody changed the live object by hand; kubectl diff, which compares with the last apply, does not see it."""
    live = {**DEFAULTED, "spec": {**DEFAULTED["spec"], "paused": True}}
    assert compared(live=live).differences == [Difference(("spec", "paused"), None, True)]


def test_a_default_that_was_changed_is_a_difference() -> None:
    template = {"spec": {**DEFAULTED["spec"]["template"]["spec"], "restartPolicy": "Never"}}
    live = {**DEFAULTED, "spec": {**DEFAULTED["spec"], "template": template}}
    path = ("spec", "template", "spec", "restartPolicy")
    assert compared(live=live).differences == [Difference(path, "Always", "Never")]


def test_a_default_that_was_removed_is_a_difference() -> None:
    created = {**OURS, "spec": {**OURS["spec"], "revisionHistoryLimit": 10}}
    live = {**OURS}
    assert compared(live=live, created=created).differences == [Difference(("spec", "revisionHistoryLimit"), 10, None)]


def test_an_entry_more_in_a_list_is_a_difference() -> None:
    live = of([{"name": "a"}, {"name": "b"}])
    assert compared(of([{"name": "a"}]), live, of([{"name": "a"}])).differences == [
        Difference(("spec", "value", "1", "name"), None, "b")
    ]


def test_the_order_of_a_list_counts() -> None:
    assert compared(of(["a", "b"]), of(["b", "a"]), of(["a", "b"])).differences


@pytest.mark.parametrize(("ours", "live"), [("1000m", "1"), ("0.5", "500m"), ("1024Mi", "1Gi"), (2, "2")])
def test_quantities_are_compared_as_quantities(ours: Any, live: Any) -> None:
    ours, live = of({"cpu": ours}, key="limits"), of({"cpu": live}, key="limits")
    assert compared(ours, live, live).differences == []


def test_two_quantities_that_differ_are_a_difference() -> None:
    ours, live = of({"cpu": "1000m"}, key="limits"), of({"cpu": "1001m"}, key="limits")
    assert compared(ours, live, live).differences


def test_what_merely_looks_like_a_quantity_is_text() -> None:
    """An image tag 1000m is not 1."""
    assert compared(of("1000m"), of("1"), of("1")).differences


@pytest.mark.parametrize("empty", [False, 0, "", [], {}])
def test_what_means_none_may_be_dropped_from_the_api_servers_own_kinds(empty: Any) -> None:
    assert compared(of(empty), {"kind": "Deployment"}, {"kind": "Deployment"}).differences == []


def test_of_a_custom_kind_nothing_is_dropped() -> None:
    live = {"kind": "Gateway"}
    differences = compared(of(False, kind="Gateway"), live, live, custom=True).differences
    assert differences == [Difference(("spec", "value"), False, None)]


def test_what_controllers_write_is_theirs_by_name() -> None:
    live = {**DEFAULTED, "spec": {**DEFAULTED["spec"], "replicas": 17}}
    assert [author.who for author in compared(live=live).by_others] == ["the autoscaler"]


def test_the_same_field_of_another_kind_is_nobodys() -> None:
    ours = {"kind": "StatefulSet", "spec": {}}
    assert compared(ours, {"kind": "StatefulSet", "spec": {"replicas": 17}}, ours).differences


def test_a_value_of_ours_is_never_excused_by_who_else_writes_there() -> None:
    """The day somebody sets replicas in a Deployment, the autoscaler's figure is a difference."""
    ours = {**OURS, "spec": {**OURS["spec"], "replicas": 3}}
    live = {**DEFAULTED, "spec": {**DEFAULTED["spec"], "replicas": 17}}
    assert compared(ours, live).differences == [Difference(("spec", "replicas"), 3, 17)]


def test_what_tells_of_one_stored_object_does_not_count() -> None:
    metadata = {**OURS["metadata"], "uid": "1", "resourceVersion": "2", "managedFields": [{"manager": "kubectl"}]}
    live = {**DEFAULTED, "metadata": metadata, "status": {"replicas": 3}}
    assert compared(live=live).differences == []
