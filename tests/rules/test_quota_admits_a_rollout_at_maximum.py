import pytest

from api_platform.rules import PLATFORM
from api_platform.rules.quota_admits_a_rollout_at_maximum import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    ("key", "short"),
    [
        ("requests.cpu", "39449m"),
        ("requests.memory", "63103Mi"),
        ("pods", "76"),
        ("count/deployments.apps", "2"),
        ("count/services", "2"),
        ("count/configmaps", "4"),
        ("count/secrets", "0"),
        ("count/serviceaccounts", "4"),
        ("count/replicasets.apps", "17"),
        ("count/networkpolicies.networking.k8s.io", "3"),
        ("count/horizontalpodautoscalers.autoscaling", "2"),
    ],
)
def test_a_quota_that_is_one_short_is_found(platform: Platform, key: str, short: str) -> None:
    """At the maxima, a rollout would stop with `exceeded quota`."""
    platform.one("ResourceQuota", "services")["spec"]["hard"][key] = short
    (finding,) = platform.ask(RULE)
    assert finding.subject == PLATFORM
    assert f"{key} is {short}" in finding.value


@pytest.mark.parametrize("key", ["requests.cpu", "requests.memory", "pods"])
def test_a_quota_that_leaves_out_a_request_is_found(platform: Platform, key: str) -> None:
    del platform.one("ResourceQuota", "services")["spec"]["hard"][key]
    (finding,) = platform.ask(RULE)
    assert f"{key} is missing" in finding.value


def test_a_quota_on_limits_is_found(platform: Platform) -> None:
    """The proxy's limits alone are 2 CPU and 1Gi a pod."""
    platform.one("ResourceQuota", "services")["spec"]["hard"]["limits.cpu"] = "1000"
    (finding,) = platform.ask(RULE)
    assert "counts limits.cpu" in finding.value


def test_a_namespace_without_a_quota_is_found(platform: Platform) -> None:
    platform.remove("ResourceQuota", "services")
    assert platform.subjects(RULE) == [PLATFORM]


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [("HorizontalPodAutoscaler", "orders", "maxReplicas"), ("ScaledObject", "parcels", "maxReplicaCount")],
)
def test_a_maximum_raised_alone_is_found(platform: Platform, kind: str, name: str, key: str) -> None:
    platform.one(kind, name)["spec"][key] += 1
    values = [finding.value for finding in platform.ask(RULE)]
    assert [value.split(": ")[1].split(" is")[0] for value in values] == ["requests.cpu", "requests.memory", "pods"]


def test_a_larger_surge_needs_a_larger_quota(platform: Platform) -> None:
    platform.one("Deployment", "orders")["spec"]["strategy"]["rollingUpdate"]["maxSurge"] = "50%"
    assert "pods is 77; 79 needed" in " ".join(finding.value for finding in platform.ask(RULE))


def test_a_second_container_needs_a_larger_quota(platform: Platform) -> None:
    sidecar = {"name": "helper", "restartPolicy": "Always", "resources": {"requests": {"cpu": "10m"}}}
    platform.pod("orders")["initContainers"] = [sidecar]
    (finding,) = platform.ask(RULE)
    assert "requests.cpu is 39450m; 39680m needed" in finding.value


def test_other_namespaces_have_quotas_of_their_own(platform: Platform) -> None:
    for kind, name in (("Deployment", "orders"), ("ResourceQuota", "services"), ("ConfigMap", "orders")):
        platform.copy(kind, name, "elsewhere")["metadata"]["namespace"] = "legacy"
    platform.one("ResourceQuota", "elsewhere")["spec"]["hard"] = {"pods": "1"}
    assert platform.ask(RULE) == []


def test_kubernetes_keeps_ten_old_revisions_unless_told_otherwise(platform: Platform) -> None:
    del platform.one("Deployment", "orders")["spec"]["revisionHistoryLimit"]
    (finding,) = platform.ask(RULE)
    assert "count/replicasets.apps is 18; 23 needed" in finding.value
