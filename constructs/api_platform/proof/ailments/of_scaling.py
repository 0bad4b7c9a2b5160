"""What can ail the scaling of a workload, its queue, its budget, and who may call it."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Event, Thread
from typing import Any, Final

from api_platform import names
from api_platform.labels import NAME
from api_platform.proof.ailments.ailment import patch, read, run
from api_platform.proof.ailments.of_pods import deleted
from api_platform.proof.resilience.draining import uncordoned_after
from api_platform.proof.resilience.replicas import PAUSED
from api_platform.proof.scaling.worker import Queue
from api_platform.proof.stage import ProofStage
from api_platform.service import QueueScaling, Workload
from eks_twin.errors import TwinError
from eks_twin.measure.waiting import happens_within

_SETTLED_SECONDS: Final = 120.0
_BACKLOG: Final = 20
"""So many times what the pods are wanted for."""
_READ_ONLY: Final = ("QueueArn", "CreatedTimestamp", "LastModifiedTimestamp")
"""Attributes of a queue that are no settings, beside the counts of its messages."""


@contextmanager
def without_metrics(stage: ProofStage, workload: Workload) -> Iterator[None]:
    """Let its autoscaler measure a container that the pods do not have."""
    before = read(stage, "hpa", workload.name)["spec"]["metrics"]
    wrong = json.loads(json.dumps(before).replace(f'"container": "{workload.name}"', '"container": "gone"'))
    patch(stage, "hpa", workload.name, {"spec": {"metrics": wrong}})
    try:
        yield
    finally:
        patch(stage, "hpa", workload.name, {"spec": {"metrics": before}})


@contextmanager
def growing_queue(stage: ProofStage, workload: Workload) -> Iterator[None]:
    """Lower its maximum to its minimum, and send more messages than that can bear, without an end."""
    queue = Queue(stage.aws("sqs"), _queue_url(stage, workload))
    scaling, stop = workload.scaling, Event()
    wanted_for = scaling.messages_per_pod if isinstance(scaling, QueueScaling) else 1

    def send() -> None:
        queue.fill(_BACKLOG * workload.scaling.minimum * wanted_for)
        while not stop.wait(1.0):
            queue.fill(1)

    sender = Thread(target=send, daemon=True)
    patch(stage, "scaledobject", workload.name, {"spec": {"maxReplicaCount": workload.scaling.minimum}})
    try:
        sender.start()
        yield
    finally:
        stop.set()
        sender.join()
        queue.purge()
        # Else it would grow when it may, and shrink for minutes.
        if not happens_within(_SETTLED_SECONDS, lambda: not _wants_more(stage, workload), glance=1.0):
            raise TwinError(f"the autoscaler of {workload.name} did not notice that its queue is empty")
        patch(stage, "scaledobject", workload.name, {"spec": {"maxReplicaCount": scaling.maximum}})


@contextmanager
def paused(stage: ProofStage, workload: Workload) -> Iterator[None]:
    """Pause its ScaledObject at the replicas that it has."""
    run(stage, "annotate", "scaledobject", workload.name, f"{PAUSED}={workload.scaling.minimum}")
    try:
        yield
    finally:
        run(stage, "annotate", "scaledobject", workload.name, f"{PAUSED}-")


@contextmanager
def queue_gone(stage: ProofStage, workload: Workload) -> Iterator[None]:
    """Delete its queue."""
    sqs, url = stage.aws("sqs"), _queue_url(stage, workload)
    found: dict[str, Any] = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    settings = {
        key: value
        for key, value in found.items()
        if key not in _READ_ONLY and not key.startswith("ApproximateNumber") and value != ""
    }
    tags = sqs.list_queue_tags(QueueUrl=url).get("Tags", {})
    sqs.delete_queue(QueueUrl=url)
    try:
        yield
    finally:
        sqs.create_queue(QueueName=names.queue_name(stage.environment, workload.name), Attributes=settings, tags=tags)


@contextmanager
def drain_waits(stage: ProofStage, workload: Workload) -> Iterator[None]:
    """Begin to drain the node of its pod."""
    pods = json.loads(run(stage, "get", "pods", f"--selector={NAME}={workload.name}", "--output=json"))["items"]
    node = pods[0]["spec"]["nodeName"]
    with uncordoned_after(stage.kubectl, node):
        words = ("drain", node, f"--pod-selector={NAME}={workload.name}", "--delete-emptydir-data", "--timeout=1s")
        if stage.kubectl(*words).returncode == 0:
            raise TwinError(f"the drain of {node} did not wait for {workload.name}")
        yield


def policy_deleted(stage: ProofStage, workload: Workload) -> AbstractContextManager[None]:
    """Delete the policy that lets its callers in."""
    return deleted(stage, "authorizationpolicies.security.istio.io", names.callers_policy(workload.name))


def _queue_url(stage: ProofStage, workload: Workload) -> str:
    queue = names.queue_name(stage.environment, workload.name)
    return str(stage.aws("sqs").get_queue_url(QueueName=queue)["QueueUrl"])


def _wants_more(stage: ProofStage, workload: Workload) -> bool:
    conditions = read(stage, "hpa", workload.name).get("status", {}).get("conditions", [])
    return any(one["type"] == "ScalingLimited" and one.get("reason") == "TooManyReplicas" for one in conditions)
