"""Objects as CloudFormation resources, wave by wave."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template

from api_platform.account_demands import OBJECTS_AT_ONCE
from api_platform.aws.kubernetes_objects import apply_objects, object_id
from api_platform.environment import ENVIRONMENT_NAMES
from api_platform.environment_file import ObjectsOwner
from api_platform.rules.finding import Manifest
from tests.aws.building import a_cluster, template_of
from tests.aws.synthesized import KUBERNETES_OBJECT, Synthesized

pytestmark = pytest.mark.aws

OWNERS: tuple[ObjectsOwner, ...] = ("cdk", "handover")


def an_object(kind: str, name: str = "orders", namespace: str | None = "production") -> Manifest:
    metadata = {"name": name, "namespace": namespace} if namespace else {"name": name}
    return {"apiVersion": "v1", "kind": kind, "metadata": metadata}


def applied(*objects: Manifest, owner: ObjectsOwner = "cdk") -> Template:
    def build(stack: Stack) -> None:
        apply_objects(stack, a_cluster(stack), objects, owner=owner)

    return template_of(build)


def waits_for(resources: Mapping[str, Any], key: str) -> set[str]:
    """Return all that `key` waits for, however far away."""
    direct = resources[key].get("DependsOn", [])
    return {*direct}.union(*(waits_for(resources, one) for one in direct))


def test_each_object_is_a_resource_of_its_own() -> None:
    """Bundled, an ALLOW policy that was dropped from the bundle would stay live: kubectl never prunes those."""
    objects = [an_object("ConfigMap", name) for name in ("a", "b", "c")]
    resources = applied(*objects).find_resources(KUBERNETES_OBJECT).values()
    assert [json.loads(one["Properties"]["Manifest"]) for one in resources] == [[one] for one in objects]


def test_an_object_keeps_its_logical_id_whatever_comes_and_goes_beside_it() -> None:
    """A changed logical id is a new resource: CloudFormation would delete the live object as the old one."""

    def id_of_b(*names: str) -> str:
        template = applied(*(an_object("ConfigMap", name) for name in names))
        (key,) = template.find_resources(
            KUBERNETES_OBJECT,
            {"Properties": {"Manifest": json.dumps([an_object("ConfigMap", "b")], separators=(",", ":"))}},
        )
        return key

    assert id_of_b("a", "b", "c") == id_of_b("b") == id_of_b("c", "b")


def test_ids_tell_kind_namespace_and_name() -> None:
    assert object_id(an_object("Service")) == "Service-production-orders"
    assert object_id(an_object("PriorityClass", namespace=None)) == "PriorityClass-orders"


def test_nothing_but_a_namespace_is_taken_over_or_left_behind() -> None:
    """With overwrite, a changed logical id applies the object anew and then deletes it."""
    template = applied(an_object("Namespace", "production", None), an_object("ConfigMap"))
    for one in template.find_resources(KUBERNETES_OBJECT).values():
        namespace = '"kind":"Namespace"' in one["Properties"]["Manifest"]
        assert one["Properties"].get("Overwrite", False) is namespace
        assert one.get("DeletionPolicy", "Delete") == ("Retain" if namespace else "Delete")


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
@pytest.mark.parametrize("service", ["api-service", "media-service", "worker-service"])
def test_a_deployment_waits_for_policies_identity_and_roles_and_scaling_waits_for_it(
    synthesized: Synthesized, environment: str, service: str
) -> None:
    """A pod that starts before its policies is open; KEDA refuses a ScaledObject before its Deployment."""
    resources = synthesized.resources(f"{environment}/{service}")
    keys: dict[str, set[str]] = {}
    for key, one in resources.items():
        if one["Type"] == KUBERNETES_OBJECT:
            keys.setdefault(json.loads(one["Properties"]["Manifest"])[0]["kind"], set()).add(key)
    roles = {key for key, one in resources.items() if "RoleName" in one.get("Properties", {})}
    earlier = roles.union(*(keys[kind] for kind in ("ServiceAccount", "AuthorizationPolicy", "NetworkPolicy")))
    for deployment in keys["Deployment"]:
        assert earlier <= waits_for(resources, deployment)
        for kind in {"ScaledObject", "HorizontalPodAutoscaler", "PodDisruptionBudget"} & set(keys):
            assert all(deployment in waits_for(resources, one) for one in keys[kind])


def test_two_waves_of_n_and_m_objects_make_n_plus_m_dependencies() -> None:
    """Each on each would be n x m: twice the template at 300 objects."""
    objects = [an_object(kind, str(number)) for kind in ("ConfigMap", "Service") for number in range(10)]
    resources = applied(*objects).to_json()["Resources"].values()
    assert sum(len(one.get("DependsOn", ())) for one in resources) == 20


@pytest.mark.parametrize("count", [1, 3, 4, 5, 9, 40])
def test_of_a_wave_four_objects_are_applied_at_once(count: int) -> None:
    """A new account lets ten functions run at once: the eleventh is refused, and with it the deployment."""
    resources = applied(*(an_object("ConfigMap", str(number)) for number in range(count))).to_json()["Resources"]
    waiting = {key for key, one in resources.items() if one["Type"] == KUBERNETES_OBJECT}
    rounds = []
    applied_before: set[str] = set()
    while waiting:
        ready = {key for key in waiting if waits_for(resources, key) <= applied_before}
        rounds.append(len(ready))
        applied_before |= ready
        waiting -= ready
    assert all(size == OBJECTS_AT_ONCE for size in rounds[:-1])
    assert sum(rounds) == count
    assert 0 < rounds[-1] <= OBJECTS_AT_ONCE


def test_what_argo_cd_owns_is_in_no_stack_and_the_stack_can_still_be_deployed() -> None:
    """The roles of the same stack stay CDK's; a stack without any resource is none to CloudFormation."""
    template = applied(an_object("ConfigMap"), owner="argo-cd")
    assert template.find_resources(KUBERNETES_OBJECT) == {}
    template.resource_count_is("AWS::CloudFormation::WaitConditionHandle", 1)


def test_in_a_hand_over_every_object_is_taken_over_and_left_behind() -> None:
    """Created, it would fail on what Argo CD has made; deleted with its resource, the hand-over were an outage."""
    (one,) = applied(an_object("ConfigMap"), owner="handover").find_resources(KUBERNETES_OBJECT).values()
    assert one["Properties"]["Overwrite"] is True
    assert (one["DeletionPolicy"], one["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_a_hand_over_moves_no_logical_id() -> None:
    ids = [set(applied(an_object("ConfigMap"), owner=owner).find_resources(KUBERNETES_OBJECT)) for owner in OWNERS]
    assert ids[0] == ids[1]


def test_with_cdk_an_object_goes_with_its_resource() -> None:
    (one,) = applied(an_object("ConfigMap")).find_resources(KUBERNETES_OBJECT).values()
    assert one["DeletionPolicy"] == "Delete"
    assert "Overwrite" not in one["Properties"]
