"""The metrics API beside a real control plane: what a scenario sets is what an autoscaler scales by."""

import os
from collections.abc import Iterator

import lightkube
import pytest
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler
from lightkube.resources.core_v1 import Namespace

from eks_twin.binaries import Binaries
from eks_twin.control_plane import start_control_plane
from eks_twin.control_plane.nodes import SimulatedGroup, join, nodes_of
from eks_twin.home import Home
from eks_twin.kubernetes_clients import connect
from eks_twin.manifests import NAME_LABEL
from eks_twin.metrics_api.load import Load, Use
from eks_twin.metrics_api.program import loads, start_metrics_api
from eks_twin.processes import stop
from tests.eks_twin.processes.tiny_programs import pid_of, soon

pytestmark = pytest.mark.slow

NAMESPACE = "metrics"


@pytest.fixture(scope="module")
def home(binaries: Binaries, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A control plane with three nodes, the metrics API, and a Deployment that an autoscaler scales by two measures."""
    home = Home(tmp_path_factory.mktemp("metrics") / "twin")
    try:
        plane = start_control_plane(home, binaries, stop_with=os.getpid())
        client = connect(home, NAMESPACE)
        join(client, nodes_of(SimulatedGroup("system", "m7g.large", ("a", "b", "c"), 3), "1.36", plane.kubelet_port))
        client.create(Namespace(metadata=ObjectMeta(name=NAMESPACE)))
        start_metrics_api(plane)
        client.create(deployment())
        client.create(autoscaler())
        yield home
    finally:
        stop(home)


@pytest.fixture
def client(home: Home) -> Iterator[lightkube.Client]:
    yield connect(home, NAMESPACE)
    loads(home).set({})


def deployment() -> Deployment:
    """Return pods of an application of 100m and 64Mi, and a proxy."""
    labels = {NAME_LABEL: "app"}
    resources = {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}}
    containers = [{"name": name, "image": f"repository/{name}:v1", "resources": resources} for name in ("app", "proxy")]
    made = Deployment.from_dict(
        {
            "metadata": {"name": "app", "namespace": NAMESPACE},
            "spec": {
                "selector": {"matchLabels": labels},
                "template": {"metadata": {"labels": labels}, "spec": {"containers": containers}},
            },
        }
    )
    assert isinstance(made, Deployment)
    return made


def autoscaler() -> HorizontalPodAutoscaler:
    """Return an autoscaler as ours are, which scales down at once."""
    target = {"type": "Utilization", "averageUtilization": 80}
    metrics = [
        {"type": "ContainerResource", "containerResource": {"name": name, "container": "app", "target": target}}
        for name in ("cpu", "memory")
    ]
    down = {"stabilizationWindowSeconds": 0, "policies": [{"type": "Percent", "value": 100, "periodSeconds": 1}]}
    made = HorizontalPodAutoscaler.from_dict(
        {
            "metadata": {"name": "app", "namespace": NAMESPACE},
            "spec": {
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "app"},
                "minReplicas": 1,
                "maxReplicas": 4,
                "metrics": metrics,
                "behavior": {"scaleDown": down},
            },
        }
    )
    assert isinstance(made, HorizontalPodAutoscaler)
    return made


def replicas(client: lightkube.Client) -> int | None:
    spec = client.get(Deployment, "app").spec
    return spec.replicas if spec else None


@pytest.mark.parametrize(
    ("load", "wanted"),
    [
        (Load(cpu=Use(total=200)), 3),
        (Load(memory=Use(total=200 * 2**20)), 4),
        (Load(), 1),
    ],
    ids=["cpu", "memory", "idle"],
)
def test_an_autoscaler_follows_the_load_on_the_container_that_it_names(
    home: Home, client: lightkube.Client, load: Load, wanted: int
) -> None:
    """Of 200m at 80 % of 100m, three pods have enough. Counted with its idle proxy, the pod would ask for two."""
    loads(home).set({f"{NAMESPACE}/app": load})
    assert soon(lambda: replicas(client) == wanted, 30)


def test_the_metrics_go_on_when_their_server_was_killed(home: Home, client: lightkube.Client) -> None:
    assert soon(lambda: replicas(client) == 1, 30)
    first = pid_of(home, "metrics-api")
    os.kill(first, 9)
    assert soon(lambda: pid_of(home, "metrics-api") not in {0, first}, 10)
    loads(home).set({f"{NAMESPACE}/app": Load(cpu=Use(total=200))})
    assert soon(lambda: replicas(client) == 3, 30)
