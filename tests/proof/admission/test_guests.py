import json
from pathlib import Path
from typing import Any

import pytest

from api_platform.proof.admission import guests as module
from api_platform.proof.admission.guests import Guests, guests
from eks_twin.errors import TwinError
from eks_twin.objects.api import ObjectsApi
from tests.eks_twin.objects.fake_api import FakeServer

NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "staging"}}
QUOTA = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "services", "namespace": "staging"}}
SERVICE = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "api-service", "namespace": "staging"}}
NAMESPACE_PATH, QUOTA_PATH = "/api/v1/namespaces/staging", "/api/v1/namespaces/staging/resourcequotas/services"


class FakeRendering:
    """What guests look at."""

    def __init__(self, *objects: dict[str, Any]) -> None:
        self.objects = objects


class CountingServer(FakeServer):
    """Counts quotas at once, as the quota controller does a moment later."""

    def client(self) -> ObjectsApi:
        client = super().client()
        apply = client.apply

        def applied(manifest: Any) -> None:
            apply(manifest)
            for one in self.objects.values():
                one["status"] = {"hard": {"pods": "1"}}

        client.apply = applied  # type: ignore[method-assign]
        return client


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    server = CountingServer()
    monkeypatch.setattr(ObjectsApi, "open", lambda _: server.client())
    monkeypatch.setattr(module, "_SECONDS", 0.0)
    return server


def invite(*objects: dict[str, Any], definitions: Path | None = None) -> Any:
    files = {"some": definitions} if definitions else {}
    return guests(Path("kubeconfig"), [FakeRendering(*objects)], files)  # type: ignore[list-item]


def test_a_namespace_and_what_its_pods_must_find_are_made_in_an_order_that_works(server: FakeServer) -> None:
    with invite(QUOTA, SERVICE, NAMESPACE):
        assert list(server.objects) == [NAMESPACE_PATH, QUOTA_PATH]


def test_a_namespace_goes_in_the_end_with_what_is_in_it(server: FakeServer) -> None:
    with invite(NAMESPACE, QUOTA):
        pass
    deleted = [one.url.path for one in server.asked if one.method == "DELETE"]
    assert deleted == [NAMESPACE_PATH]


def test_it_goes_after_a_failure_too(server: FakeServer) -> None:
    with pytest.raises(RuntimeError), invite(NAMESPACE):
        raise RuntimeError
    assert server.objects == {}


def test_what_was_there_before_stays(server: FakeServer) -> None:
    """Both environments have a PriorityClass of one name: it is the deployed one's."""
    server.objects[NAMESPACE_PATH] = dict(NAMESPACE)
    with invite(NAMESPACE):
        pass
    assert NAMESPACE_PATH in server.objects


def test_what_does_not_go_is_named(server: FakeServer) -> None:
    with invite(NAMESPACE) as invited:
        pass
    server.objects[NAMESPACE_PATH] = dict(NAMESPACE)
    with pytest.raises(TwinError, match="Namespace staging was made for a trial, and is still there"):
        invited.wait_until_gone()


@pytest.mark.usefixtures("server")
def test_a_quota_that_nobody_counts_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is counted, every pod is refused, and the page would blame the pods."""
    monkeypatch.setattr(Guests, "is_counted", lambda *_: False)
    with pytest.raises(TwinError, match="ResourceQuota staging/services is not counted"), invite(NAMESPACE, QUOTA):
        pass


def test_a_kind_that_the_cluster_lacks_gets_its_definition(server: FakeServer, tmp_path: Path) -> None:
    """Production has no vertical autoscaling, development has."""
    new = {"apiVersion": "autoscaling.k8s.io/v1", "kind": "VerticalPodAutoscaler", "metadata": {"name": "api-service"}}
    file = tmp_path / "definitions.json"
    file.write_text(json.dumps({"items": [definition("VerticalPodAutoscaler"), definition("Other")]}))
    # No fake discovers a new kind, so the wait for it ends with the time.
    with pytest.raises(TwinError, match="does not offer all kinds"), invite(new, definitions=file):
        pass
    written = [one.url.path.rpartition("/")[2] for one in server.written]
    assert written == ["verticalpodautoscaler.example", "verticalpodautoscaler.example"]
    assert server.objects == {}


def definition(kind: str) -> dict[str, Any]:
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{kind.lower()}.example"},
        "spec": {"names": {"kind": kind}},
    }
