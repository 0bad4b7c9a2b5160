from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import boto3
import lightkube
import psutil
import pytest
import yaml
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.apps_v1 import Deployment
from lightkube.resources.autoscaling_v2 import HorizontalPodAutoscaler
from lightkube.resources.core_v1 import Namespace
from moto.server import ThreadedMotoServer

from eks_twin.binaries import Binaries
from eks_twin.control_plane import ControlPlane
from eks_twin.control_plane.keda import ADAPTER, OPERATOR, Aws, Keda, adapter, operator, start_keda
from eks_twin.home import Home
from eks_twin.kubernetes_clients import connect
from eks_twin.objects.api import ObjectsApi
from eks_twin.processes import withdraw
from eks_twin.processes.ports import free_ports
from eks_twin.processes.program import environment_of
from eks_twin.release import Release
from tests.eks_twin.control_plane.planning import flags_of, plan
from tests.eks_twin.processes.tiny_programs import pid_of, soon

PORTS = {"keda": 1, "keda-adapter": 2, "keda-metrics-service": 3, "keda-health": 4}
AWS = Aws("http://localhost:5", "eu-west-1")
ROLE = "arn:aws:iam::333333333333:role/production-eu-west-1-keda-operator"
RELEASE = Release(
    "keda",
    "keda",
    "autoscaling",
    {
        "serviceAccount": {"operator": {"name": "the-operator"}},
        "podIdentity": {"aws": {"irsa": {"enabled": True, "roleArn": ROLE}}},
    },
)


def keda(folder: Path) -> Keda:
    made = plan(folder)
    plane = ControlPlane(made.home, 7)
    return Keda(plane, {name: Path("/binaries") / name for name in (OPERATOR, ADAPTER)}, AWS, RELEASE, PORTS)


def test_all_listens_on_loopback_alone(tmp_path: Path) -> None:
    made = keda(tmp_path)
    flags = flags_of(operator(made, tmp_path)) | flags_of(adapter(made, made.plane.certificates.server))
    assert {flags[name] for name in ("metrics-service-bind-address", "health-probe-bind-address")} == {
        "127.0.0.1:3",
        "127.0.0.1:4",
    }
    assert (flags["metrics-bind-address"], flags["bind-address"], flags["secure-port"]) == ("0", "127.0.0.1", "2")


def test_the_operator_has_a_role_as_on_eks_and_no_keys(tmp_path: Path) -> None:
    """With keys in its environment, the SDK would never ask for the role that the ScaledObjects rely on."""
    made = keda(tmp_path)
    environment = environment_of(operator(made, tmp_path), made.plane.home)
    assert environment["AWS_ROLE_ARN"] == ROLE
    assert environment["AWS_WEB_IDENTITY_TOKEN_FILE"] == str(made.token)
    assert environment["AWS_ENDPOINT_URL"] == environment["AWS_ENDPOINT_URL_STS"] == AWS.endpoint
    assert "AWS_ACCESS_KEY_ID" not in environment
    assert (environment["POD_NAME"], environment["POD_NAMESPACE"]) == ("the-operator", "autoscaling")


def test_the_adapter_needs_nothing_of_aws(tmp_path: Path) -> None:
    made = keda(tmp_path)
    environment = environment_of(adapter(made, made.plane.certificates.server), made.plane.home)
    assert not any(name.startswith("AWS") for name in environment)


NAMESPACE = "queues"
QUEUE = "https://sqs.eu-west-1.amazonaws.com/333333333333/work"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    """AWS, with a queue of eight messages, three of them in flight."""
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "333333333333")
    server = ThreadedMotoServer("127.0.0.1", free_ports(["moto"])["moto"])
    server.start()
    endpoint = f"http://localhost:{server.get_host_and_port()[1]}"
    with closing(boto3.client("sqs", "eu-west-1", endpoint_url=endpoint, **KEYS)) as sqs:
        url = sqs.create_queue(QueueName="work", Attributes={"VisibilityTimeout": "900"})["QueueUrl"]
        for number in range(8):
            sqs.send_message(QueueUrl=url, MessageBody=str(number))
        sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=3)
    yield Aws(endpoint, AWS.region)
    server.stop()


KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


@pytest.fixture
def running(
    control_plane: ControlPlane, keda_binaries: Binaries, definitions: Mapping[str, Path], aws: Aws
) -> Iterator[Home]:
    """KEDA, with a Deployment and a ScaledObject as ours are."""
    home = control_plane.home
    _apply_definitions(home, definitions["keda"])
    client = connect(home)
    for name in (RELEASE.namespace, NAMESPACE):
        client.create(Namespace(metadata=ObjectMeta(name=name)))
    start_keda(control_plane, keda_binaries, aws, RELEASE)
    objects = ObjectsApi.open(home.kubeconfig)
    for manifest in (DEPLOYMENT, IDENTITY, SCALED_OBJECT):
        objects.apply(manifest)
    yield home
    for manifest in (SCALED_OBJECT, IDENTITY, DEPLOYMENT):
        objects.delete(manifest)
    for name in (ADAPTER, OPERATOR):
        withdraw(home, name)


METADATA = {"name": "worker", "namespace": NAMESPACE}
LABELS = {"app": "worker"}
DEPLOYMENT: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": METADATA,
    "spec": {
        "selector": {"matchLabels": LABELS},
        "template": {
            "metadata": {"labels": LABELS},
            "spec": {"containers": [{"name": "worker", "image": "repository/worker:v1"}]},
        },
    },
}
IDENTITY: dict[str, Any] = {
    "apiVersion": "keda.sh/v1alpha1",
    "kind": "TriggerAuthentication",
    "metadata": METADATA,
    "spec": {"podIdentity": {"provider": "aws"}},
}
SCALED_OBJECT: dict[str, Any] = {
    "apiVersion": "keda.sh/v1alpha1",
    "kind": "ScaledObject",
    "metadata": METADATA,
    "spec": {
        "scaleTargetRef": {"name": "worker"},
        "minReplicaCount": 1,
        "maxReplicaCount": 10,
        "advanced": {"horizontalPodAutoscalerConfig": {"name": "worker"}},
        "triggers": [
            {
                "type": "aws-sqs-queue",
                "metricType": "AverageValue",
                "metadata": {
                    "queueURL": QUEUE,
                    "queueLength": "2",
                    "awsRegion": "eu-west-1",
                    "scaleOnInFlight": "true",
                },
                "authenticationRef": {"name": "worker"},
            }
        ],
    },
}


def _apply_definitions(home: Home, file: Path) -> None:
    objects = ObjectsApi.open(home.kubeconfig)
    for definition in yaml.safe_load(file.read_text())["items"]:
        objects.apply(definition)
    assert soon(lambda: ObjectsApi.open(home.kubeconfig).knows("keda.sh/v1alpha1", "ScaledObject"), 30)


def replicas(client: lightkube.Client) -> int | None:
    spec = client.get(Deployment, "worker").spec
    return spec.replicas if spec else None


@pytest.mark.slow
def test_keda_scales_by_the_depth_of_a_real_queue(running: Home) -> None:
    """Five messages wait and three are in flight: at two for each, four pods. The queue's URL is AWS's own."""
    client = connect(running, NAMESPACE)
    assert soon(lambda: replicas(client) == 4, 60)
    assert [each.metadata.name for each in client.list(HorizontalPodAutoscaler) if each.metadata] == ["worker"]
    assert {address for name in (OPERATOR, ADAPTER) for address in listened_on(running, name)} == {"127.0.0.1"}


def listened_on(home: Home, name: str) -> set[str]:
    connections = psutil.Process(pid_of(home, name)).net_connections("inet")
    return {str(each.laddr.ip) for each in connections if each.status == psutil.CONN_LISTEN}
