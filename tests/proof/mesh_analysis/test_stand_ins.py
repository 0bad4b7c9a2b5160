from pathlib import Path
from typing import Any

from api_platform import names
from api_platform.environment import ROOT
from api_platform.proof.mesh_analysis.stand_ins import cluster, custom_resource_definitions
from tests.proof.mesh_analysis.mesh_objects import Object, certificate, deployment, made, namespace, shop


def in_cluster(kind: str, name: str, *objects: Object) -> dict[str, Any]:
    """Return an object of the cluster around these."""
    (one,) = [one for one in cluster(objects, (), ROOT) if (one["kind"], one["metadata"]["name"]) == (kind, name)]
    return dict(one)


def proxies(*objects: Object) -> list[str]:
    """Return the proxies of the one Deployment's pod."""
    containers = in_cluster("Pod", "cart-0", *objects)["spec"]["initContainers"]
    return [one["name"] for one in containers if one["name"] == "istio-proxy"]


def test_holds_our_objects_as_they_are() -> None:
    ours = shop()
    assert [one for one in cluster(ours, (), ROOT) if one in ours] == ours


def test_holds_the_add_ons_namespaces() -> None:
    keda = made("Namespace", "keda", namespace=None)
    assert keda in cluster(shop(), [keda], ROOT)


def test_each_deployment_has_a_pod_with_its_labels() -> None:
    pod = in_cluster("Pod", "cart-0", namespace(), deployment(tier="front"))
    assert pod["metadata"]["labels"] == {"app": "cart", "tier": "front"}
    assert pod["metadata"]["namespace"] == "shop"


def test_a_pod_has_a_proxy_as_a_native_sidecar() -> None:
    (proxy,) = in_cluster("Pod", "cart-0", namespace(), deployment())["spec"]["initContainers"]
    assert proxy["restartPolicy"] == "Always"
    assert proxies(namespace(), deployment()) == ["istio-proxy"]


def test_a_pod_keeps_its_own_init_containers() -> None:
    one = deployment()
    one["spec"]["template"]["spec"]["initContainers"] = [{"name": "migrate"}]
    containers = in_cluster("Pod", "cart-0", namespace(), one)["spec"]["initContainers"]
    assert [container["name"] for container in containers] == ["migrate", "istio-proxy"]


def test_a_pod_has_no_proxy_where_its_namespace_has_no_injection() -> None:
    assert proxies(namespace(**{"istio-injection": "disabled"}), deployment()) == []


def test_a_pod_has_no_proxy_if_it_wants_none() -> None:
    assert proxies(namespace(), deployment(**{"sidecar.istio.io/inject": "false"})) == []


def test_each_certificate_has_its_secret() -> None:
    assert in_cluster("Secret", "cart-tls", certificate())["type"] == "kubernetes.io/tls"


def test_the_gateway_has_the_labels_that_gateways_select() -> None:
    pod = in_cluster("Pod", f"{names.GATEWAY_RELEASE}-0")
    service = in_cluster("Service", names.GATEWAY_RELEASE)
    assert names.GATEWAY_SELECTOR.items() <= pod["metadata"]["labels"].items()
    assert service["spec"]["selector"].items() <= pod["metadata"]["labels"].items()
    assert pod["metadata"]["namespace"] == service["metadata"]["namespace"] == names.GATEWAY_NAMESPACE


def test_every_kind_of_the_mesh_has_its_definition() -> None:
    """istioctl passes over objects of a kind without one, in silence."""
    kinds = {one["spec"]["names"]["kind"] for one in custom_resource_definitions(ROOT)}
    assert kinds >= {"VirtualService", "DestinationRule", "Gateway", "Sidecar", "EnvoyFilter", "Telemetry"}
    assert kinds >= {"AuthorizationPolicy", "PeerAuthentication"}


def test_definitions_come_without_their_schemas() -> None:
    assert all(
        "schema" not in version for one in custom_resource_definitions(ROOT) for version in one["spec"]["versions"]
    )


def test_without_pinned_definitions_there_are_none(tmp_path: Path) -> None:
    assert list(custom_resource_definitions(tmp_path)) == []
