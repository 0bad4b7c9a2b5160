"""What is told of a cluster."""

import json
from collections.abc import Mapping
from typing import Any

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.drift.deviations import DriftQuestion, deviations
from api_platform.plan.object_key import ObjectKey
from tests.drift.live import CDK, DECLARED, entry, live

KEY = ObjectKey.of(DECLARED)


def told(*objects: Mapping[str, Any], declared: Mapping[str, Any] = DECLARED) -> list[Diagnosis]:
    question = DriftQuestion("production", {ObjectKey.of(declared): declared}, ("--context", "west"))
    return list(deviations(question, objects))


def an_object(kind: str, name: str, namespace: str = "production", **metadata: Any) -> dict[str, Any]:
    metadata = {"name": name, "namespace": namespace, **metadata}
    return {"apiVersion": "v1", "kind": kind, "metadata": {**metadata, "managedFields": [entry("kubectl-create", {})]}}


def test_of_what_is_as_it_was_deployed_nothing_is_said() -> None:
    assert told(live()) == []


def test_a_change_is_told_with_both_values_and_who_wrote_it() -> None:
    now = live(DECLARED, entry("kubectl-set", {"f:spec": {}}))
    now["spec"]["template"]["spec"]["containers"][0]["image"] = "orders:v2"
    (one,) = told(now)
    assert (one.subject, one.object) == ("orders", "Deployment/orders")
    assert one.why == (
        "spec.template.spec.containers[orders].image: orders:v1 → orders:v2. "
        "Written by kubectl-set at 2026-11-01T03:00:00Z."
    )
    assert one.command == "kubectl --context west -n production get -o yaml --show-managed-fields deployment orders"
    assert "api-platform synth -e production && kubectl --context west apply -f dist/production" in one.remedy


def test_what_is_gone_is_told() -> None:
    (one,) = told()
    assert (one.object, one.what) == ("Deployment/orders", "it was deployed, and does not exist")


def test_a_stranger_in_the_namespace_is_told_with_the_way_to_be_rid_of_it() -> None:
    (one,) = told(live(), an_object("Deployment", "miner"))
    assert (one.subject, one.what) == ("platform", "nobody declares it")
    assert one.remedy.endswith("kubectl --context west -n production delete deployment miner")


def test_elsewhere_only_what_has_our_label_is_a_stranger() -> None:
    labels = DECLARED["metadata"]["labels"]
    others = an_object("ConfigMap", "theirs", "istio-system")
    ours = an_object("ConfigMap", "left", "istio-system", labels=labels)
    assert [one.object for one in told(live(), others, ours)] == ["ConfigMap/left"]


def test_what_controllers_make_is_no_stranger() -> None:
    owned = an_object("HorizontalPodAutoscaler", "orders", ownerReferences=[{"kind": "ScaledObject"}])
    every_namespace_has_it = an_object("ConfigMap", "kube-root-ca.crt")
    assert told(live(), owned, every_namespace_has_it) == []


def test_characters_that_cloudformation_does_not_answer_are_no_change() -> None:
    """Of a template, it answers each of them as `?`."""
    metadata = {"name": "board", "namespace": "production"}
    written = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"title": "p99 → ms"}}
    answered = json.loads(json.dumps(written, ensure_ascii=False).replace("→", "?"))
    assert told(live(written, by=CDK), declared=answered) == []


def test_values_of_a_secret_are_never_told() -> None:
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "key", "namespace": "production"}}
    now = live({**secret, "data": {"password": "b3RoZXI="}})
    (one,) = told(now, declared={**secret, "data": {"password": "c2VjcmV0"}})
    assert "password" in one.why
    assert not {"b3RoZXI=", "c2VjcmV0"} & set(one.why.split())


def test_a_long_value_is_cut() -> None:
    now = live()
    now["spec"]["template"]["spec"]["containers"][0]["env"] = [{"name": "A", "value": "long " * 200}]
    (one,) = told(now)
    assert len(one.why) < 400
