import pytest

from api_platform.rules.references_are_rendered import RULE
from tests.rules.platform import Platform


@pytest.mark.parametrize(
    ("kind", "name", "subject"),
    [
        ("ConfigMap", "stock", "stock"),
        ("ServiceAccount", "stock", "stock"),
        ("ServiceAccount", "secret-reader", "platform"),
        ("ExternalSecret", "orders-database", "orders"),
        ("SecretStore", "secrets-manager", "orders"),
        ("TriggerAuthentication", "parcels", "parcels"),
        ("Gateway", "public", "orders"),
        ("Certificate", "orders-tls", "platform"),
        ("ClusterIssuer", "public", "platform"),
    ],
)
def test_what_is_referred_to_and_not_rendered_is_found(platform: Platform, kind: str, name: str, subject: str) -> None:
    """The API server takes the reference; the pod then waits in ContainerCreating, the secret never comes."""
    platform.remove(kind, name)
    assert platform.subjects(RULE) == [subject]


def test_a_priority_class_is_looked_for_in_the_cluster(platform: Platform) -> None:
    platform.remove("PriorityClass", "serving")
    assert platform.subjects(RULE) == ["orders", "stock", "parcels"]


def test_kubernetes_own_priority_classes_are_there(platform: Platform) -> None:
    platform.pod("stock")["priorityClassName"] = "system-cluster-critical"
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    ("volume", "missing"),
    [
        ({"configMap": {"name": "absent"}}, "ConfigMap/absent"),
        ({"secret": {"secretName": "absent"}}, "Secret/absent"),
        ({"projected": {"sources": [{"secret": {"name": "absent"}}]}}, "Secret/absent"),
        ({"persistentVolumeClaim": {"claimName": "absent"}}, "PersistentVolumeClaim/absent"),
        (
            {"ephemeral": {"volumeClaimTemplate": {"spec": {"storageClassName": "absent"}}}},
            "StorageClass/absent in the cluster",
        ),
    ],
)
def test_a_volume_of_what_is_not_rendered_is_found(platform: Platform, volume: dict[str, object], missing: str) -> None:
    platform.pod("stock")["volumes"].append({"name": "more", **volume})
    (finding,) = platform.ask(RULE)
    assert missing in finding.value


def test_a_variable_of_a_secret_that_is_not_rendered_is_found(platform: Platform) -> None:
    reference = {"secretKeyRef": {"name": "absent", "key": "password"}}
    platform.container("stock")["env"] = [{"name": "PASSWORD", "valueFrom": reference}]
    (finding,) = platform.ask(RULE)
    assert "Secret/absent in production" in finding.value


def test_an_optional_reference_may_be_empty(platform: Platform) -> None:
    platform.pod("stock")["volumes"].append({"name": "more", "secret": {"secretName": "absent", "optional": True}})
    assert platform.ask(RULE) == []


def test_a_gateway_of_another_namespace_is_not_ours(platform: Platform) -> None:
    platform.one("VirtualService", "orders")["spec"]["gateways"] = ["public"]
    (finding,) = platform.ask(RULE)
    assert "Gateway/public in production" in finding.value


def test_a_secret_is_named_after_its_external_secret_unless_told_otherwise(platform: Platform) -> None:
    del platform.one("ExternalSecret", "orders-database")["spec"]["target"]
    assert platform.ask(RULE) == []


@pytest.mark.parametrize(
    ("reference", "missing"),
    [
        ({"name": "absent"}, "SecretStore/absent in production"),
        ({"kind": "ClusterSecretStore", "name": "absent"}, "ClusterSecretStore/absent in the cluster"),
    ],
)
def test_a_store_is_looked_for_where_its_kind_lives(
    platform: Platform, reference: dict[str, str], missing: str
) -> None:
    platform.one("ExternalSecret", "orders-database")["spec"]["secretStoreRef"] = reference
    (finding,) = platform.ask(RULE)
    assert missing in finding.value
