"""What of a cluster and its stacks counts as changed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from api_platform.proof.agreement.effects import Effects, Fate
from api_platform.proof.agreement.observed import LiveContents, content, effects_seen, pods_of
from api_platform.proof.delivery.stack import StackEvent

NAME = "Deployment production/orders"
STACK = "production/orders"


def seen(uid: str = "1", hashed: str = "abc", events: Sequence[StackEvent] = (), **spec: Any) -> LiveContents:
    """Return what there is of one Deployment."""
    return LiveContents({NAME: (uid, {"spec": spec})}, {NAME: {hashed}}, {STACK: events})


def event(status: str, resource: str = "Deployment1", kind: str = "Custom::It", reason: str = "") -> StackEvent:
    return StackEvent(datetime(2026, 11, 28, tzinfo=UTC), resource, kind, status, reason, is_the_stacks=False)


def a_pod(name: str, hashed: str, **metadata: Any) -> dict[str, Any]:
    owners = [{"kind": "ReplicaSet", "name": f"{name}-{hashed}"}]
    labels = {"pod-template-hash": hashed}
    return {"metadata": {"namespace": "production", "labels": labels, "ownerReferences": owners, **metadata}}


def a_live(kind: str = "Deployment", revision: str = "1", **spec: Any) -> dict[str, Any]:
    annotations = {"deployment.kubernetes.io/revision": revision}
    return {"kind": kind, "metadata": {"name": "orders", "annotations": annotations}, "spec": spec}


def test_where_nothing_changed_nothing_came() -> None:
    assert effects_seen(seen(), seen()) == Effects()


def test_the_content_decides_whether_an_object_changed_and_the_uid_whether_it_is_another() -> None:
    none = LiveContents({}, {}, {})
    assert effects_seen(seen(), seen(paused=True)).objects == {NAME: Fate.UPDATED}
    assert effects_seen(seen(), seen(uid="2")).objects == {NAME: Fate.REPLACED}
    assert effects_seen(seen(), none).objects == {NAME: Fate.DELETED}
    assert effects_seen(none, seen()).objects == {NAME: Fate.CREATED}


def test_a_rollouts_count_and_an_autoscalers_pods_are_no_change() -> None:
    assert content(a_live(revision="1", replicas=1)) == content(a_live(revision="2", replicas=3))
    assert content(a_live(paused=False)) != content(a_live(paused=True))
    assert content(a_live("Other", replicas=1)) != content(a_live("Other", replicas=3))


def test_pods_restart_where_their_hash_is_another() -> None:
    """A Deployment that comes, or goes, restarts nothing."""
    assert effects_seen(seen(), seen(hashed="def")).restarts == {NAME}
    assert effects_seen(LiveContents({}, {}, {}), seen()).restarts == set()


def test_pods_that_leave_are_none_and_each_has_its_deployment() -> None:
    found = pods_of([a_pod("orders", "a"), a_pod("orders", "b", deletionTimestamp="now"), a_pod("orders-two", "c")])
    assert found == {NAME: {"a"}, f"{NAME}-two": {"c"}}
    assert pods_of([{"metadata": {"name": "of nobody"}}]) == {}


def test_new_events_alone_count_and_gates_are_left_out() -> None:
    old = event("CREATE_COMPLETE", "Before")
    gate = event("CREATE_COMPLETE", "Gate", kind="Custom::AWSCDK-EKS-KubernetesObjectValue")
    after = seen(events=[old, event("UPDATE_COMPLETE"), gate])
    found = effects_seen(seen(events=[old]), after)
    assert (found.resources, found.failing) == ({f"{STACK} Deployment1"}, set())


def test_a_stack_that_is_new_is_touched_as_a_whole() -> None:
    assert effects_seen(LiveContents({}, {}, {}), seen(events=[event("CREATE_COMPLETE")])).resources


def test_it_fails_where_it_failed_and_not_where_it_was_only_cancelled() -> None:
    refused = event("UPDATE_FAILED", reason="field is immutable")
    other = event("UPDATE_FAILED", "Other", reason="Resource update cancelled")
    assert effects_seen(seen(), seen(events=[refused, other])).failing == {f"{STACK} Deployment1"}
