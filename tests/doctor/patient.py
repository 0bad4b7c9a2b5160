"""A platform that runs, and is well: the rules' small one, with what a cluster and AWS say of it. See `Platform`."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.examination import CHECKS, diagnose
from api_platform.doctor.observation import AwsState, Observation, QueueState, StackHealth
from api_platform.rules.objects import Objects
from tests.rendering import Manifest
from tests.rules.platform import Platform, a_platform

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
REPLICAS = {"orders": 3, "stock": 2, "parcels": 2}


def ago(seconds: float) -> str:
    """Return a moment before now, as the API server writes it."""
    return (NOW - timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Patient(Platform):
    """What a check looks at. Change it in place."""

    queues: dict[str, QueueState | None] = field(default_factory=lambda: {"parcels": QueueState(0)})
    stacks: list[StackHealth] = field(default_factory=lambda: [StackHealth("production-orders", "UPDATE_COMPLETE")])
    asks_aws: bool = True
    context: str = ""

    def pods_of(self, workload: str) -> list[Manifest]:
        """Return the pods of a workload."""
        return [one for one in self.objects if one["kind"] == "Pod" and one["metadata"]["name"].startswith(workload)]

    def first_pod(self, workload: str) -> Manifest:
        """Return the first pod of a workload."""
        return self.pods_of(workload)[0]

    def status_of(self, pod: Manifest, **changes: Any) -> None:
        """Change what the kubelet says of the pod's only container."""
        pod["status"]["containerStatuses"][0].update(changes)

    def says(
        self, about: Manifest, kind: str, status: str, reason: str = "", message: str = "", since: float = 300
    ) -> None:
        """Set a condition of an object."""
        conditions = about.setdefault("status", {}).setdefault("conditions", [])
        conditions[:] = [one for one in conditions if one["type"] != kind]
        moment = {"lastTransitionTime": ago(since)}
        conditions.append({"type": kind, "status": status, "reason": reason, "message": message, **moment})

    def warns(self, about: Manifest, reason: str, message: str, since: float = 10) -> None:
        """Add a warning about an object."""
        involved = {"kind": about["kind"], "name": about["metadata"]["name"], "uid": about["metadata"].get("uid", "")}
        event = {"type": "Warning", "reason": reason, "message": message, "lastTimestamp": ago(since)}
        self.objects.append({"kind": "Event", "metadata": {"name": "event"}, "involvedObject": involved, **event})

    @property
    def seen(self) -> Observation:
        """What the doctor sees."""
        aws = AwsState(self.queues, tuple(self.stacks)) if self.asks_aws else None
        options = ("--context", self.context) if self.context else ()
        return Observation(self.environment, self.services, Objects(self.objects), aws, NOW, options)

    def say(self, check: str) -> list[Diagnosis]:
        """Return what a check finds."""
        return CHECKS[check](self.seen)

    def only(self, check: str) -> Diagnosis:
        """Return the one thing that a check finds. Raises ValueError when it finds none or more."""
        (found,) = self.say(check)
        return found

    def diagnoses(self) -> list[tuple[str, str]]:
        """Return check and subject of all that the doctor finds."""
        return [(one.check, one.subject) for one in diagnose(self.seen)]


def a_patient() -> Patient:
    """Return a platform that is well."""
    platform = a_platform()
    objects = [one for one in platform.objects if one["kind"] in _READ]
    patient = Patient(platform.environment, platform.services, objects)
    for workload in REPLICAS:
        patient.objects += _running(patient, workload)
    for certificate in (one for one in objects if one["kind"] == "Certificate"):
        patient.says(certificate, "Ready", "True")
        certificate["metadata"]["creationTimestamp"] = ago(864000)
        certificate["status"]["notAfter"] = ago(-60 * 24 * 3600)
    patient.says(patient.one("ScaledObject", "parcels"), "Ready", "True")
    return patient


_READ = {
    "AuthorizationPolicy",
    "Certificate",
    "Deployment",
    "HorizontalPodAutoscaler",
    "PodDisruptionBudget",
    "ScaledObject",
}


def _running(patient: Patient, workload: str) -> Iterator[Manifest]:
    """Yield what controllers make of a Deployment, and write their status into what is there."""
    count = REPLICAS[workload]
    deployment, budget = patient.one("Deployment", workload), patient.one("PodDisruptionBudget", workload)
    patient.says(deployment, "Progressing", "True", "NewReplicaSetAvailable")
    budget["status"] = {
        "currentHealthy": count, "desiredHealthy": 1, "expectedPods": count, "disruptionsAllowed": count - 1,
    }  # fmt: skip
    labels = {**deployment["spec"]["template"]["metadata"]["labels"], "pod-template-hash": "1"}
    metadata = {"namespace": "production", "labels": labels, "creationTimestamp": ago(86400)}
    revision = {"annotations": {"deployment.kubernetes.io/revision": "1"}}
    yield {
        "kind": "ReplicaSet",
        "metadata": {**metadata, "name": f"{workload}-1", **revision},
        "spec": {"replicas": count},
        "status": {"replicas": count, "readyReplicas": count},
    }
    if workload == "parcels":
        yield {
            "kind": "HorizontalPodAutoscaler",
            "metadata": {"namespace": "production", "name": workload},
            "spec": {"maxReplicas": 20},
        }
    for number in range(count):
        pod = {
            "kind": "Pod",
            "metadata": {**metadata, "name": f"{workload}-1-{number}", "uid": f"{workload}-{number}"},
            "spec": {**deepcopy(deployment["spec"]["template"]["spec"]), "nodeName": f"node-{number}"},
            "status": {"phase": "Running", "containerStatuses": [_container(workload)]},
        }
        patient.says(pod, "Ready", "True", since=86000)
        yield pod


def _container(workload: str) -> Manifest:
    image = "registry.example/orders:v1.2.3"
    running = {"running": {"startedAt": ago(86000)}}
    return {
        "name": workload, "image": image, "ready": True, "started": True, "restartCount": 0, "state": running,
    }  # fmt: skip
