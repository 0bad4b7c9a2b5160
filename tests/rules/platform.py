"""A small platform that every rule accepts. A test changes one fact of it, and asks one rule.

The objects are written down as YAML beside this file, not rendered by the charts: so a rule is judged by itself.

- `orders`: public, Node, calls `stock`, sends to the queue of `parcels`, reads the secret of its database
- `stock`: called inside the mesh alone, Go, on nodes of its own, with a bucket
- `parcels`: nobody calls it, Node, consumes its queue
"""

import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from api_platform.environment import Environment
from api_platform.rules import RULES, Finding
from api_platform.rules.objects import Objects
from api_platform.service import (
    BucketAccess,
    Cpu,
    DatabaseAccess,
    GoRuntime,
    Memory,
    NodeRuntime,
    QueueConsumer,
    QueueScaling,
    QueueSender,
    Resources,
    Service,
    UtilizationScaling,
    Workload,
)
from tests.rendering import Manifest
from tests.specs import a_service, a_workload, an_environment, an_exposure

HERE = Path(__file__).parent
QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/123456789012/production-parcels"
NODE = {"NODE_OPTIONS": "--max-old-space-size=307", "KEEP_ALIVE_SECONDS": "5"}
GO = {"GOMEMLIMIT": "2764MiB", "GOMAXPROCS": "2", "KEEP_ALIVE_SECONDS": "5"}

ORDERS = a_workload(
    name="orders",
    port=8081,
    runtime=NodeRuntime(),
    scaling=UtilizationScaling(minimum=3, maximum=10),
    exposure=an_exposure(subdomain="orders"),
    uses=(QueueSender(queue="parcels"), DatabaseAccess()),
    calls=("stock",),
)
STOCK = a_workload(
    name="stock",
    port=8082,
    runtime=GoRuntime(keep_alive_seconds=5),
    resources=Resources(
        cpu=Cpu.cores(1), memory=Memory.gibibytes(2), cpu_limit=Cpu.cores(2), memory_limit=Memory.gibibytes(3)
    ),
    scaling=UtilizationScaling(minimum=2, maximum=4),
    node_pool="media-processing",
    uses=(BucketAccess(bucket="media", mode="read"),),
)
PARCELS = a_workload(
    name="parcels",
    port=8083,
    resources=Resources(
        cpu=Cpu(250), memory=Memory.mebibytes(512), cpu_limit=Cpu(500), memory_limit=Memory.mebibytes(768)
    ),
    scaling=QueueScaling(minimum=2, maximum=20, messages_per_pod=10),
    exposure=None,
    uses=(QueueConsumer(longest_job_seconds=900),),
)


@dataclass
class Platform:
    """The environment, the specs and the objects that a rule reads. Change them in place."""

    environment: Environment
    services: tuple[Service, ...]
    objects: list[Manifest]

    def one(self, kind: str, name: str) -> Manifest:
        """Return the only object of this kind and name. Raises ValueError when there is none or more."""
        (found,) = (one for one in self.objects if one["kind"] == kind and one["metadata"]["name"] == name)
        return found

    def pod(self, name: str) -> dict[str, Any]:
        """Return the spec of a Deployment's pods."""
        pod: dict[str, Any] = self.one("Deployment", name)["spec"]["template"]["spec"]
        return pod

    def container(self, name: str) -> dict[str, Any]:
        """Return a Deployment's one container."""
        container: dict[str, Any] = self.pod(name)["containers"][0]
        return container

    def remove(self, kind: str, name: str) -> None:
        """Take an object away."""
        self.objects.remove(self.one(kind, name))

    def copy(self, kind: str, name: str, new_name: str) -> Manifest:
        """Add a copy of an object under another name, and return it."""
        copied = deepcopy(self.one(kind, name))
        copied["metadata"]["name"] = new_name
        self.objects.append(copied)
        return copied

    def respecify(self, name: str, **changes: Any) -> None:
        """Change a workload's spec, unchecked: a rule must not trust what a spec would refuse."""
        self.services = tuple(
            service.model_copy(
                update={
                    "workloads": tuple(
                        one.model_copy(update=changes) if one.name == name else one for one in service.workloads
                    )
                }
            )
            for service in self.services
        )

    def add_worker(self, name: str) -> None:
        """Add the spec, and no object, of a workload like `parcels`."""
        self.services = (*self.services, a_service(PARCELS.model_copy(update={"name": name})))

    def ask(self, rule: str) -> list[Finding]:
        """Return what the rule finds."""
        return RULES[rule](self.environment, self.services, Objects(self.objects))

    def subjects(self, rule: str) -> list[str]:
        """Return the subjects of what the rule finds."""
        return [finding.subject for finding in self.ask(rule)]


def a_platform(**changes: Any) -> Platform:
    """Return the platform that every rule accepts; `changes` are those of its environment."""
    services = tuple(a_service(workload) for workload in (ORDERS, STOCK, PARCELS))
    return Platform(an_environment(**changes), services, deepcopy(_objects()))


@cache
def _objects() -> list[Manifest]:
    ingress = "cluster.local/ns/istio-ingress/sa/istio-ingressgateway"
    orders = _facts(
        ORDERS,
        variables={**NODE, "PARCELS_QUEUE_URL": QUEUE_URL},
        caller=ingress,
        hosts=["orders.example.com", "orders.production.svc.cluster.local"],
        gateways=["istio-ingress/public", "mesh"],
        egress="./stock.production.svc.cluster.local",
    )
    stock = _facts(
        STOCK,
        variables=GO,
        caller="cluster.local/ns/production/sa/orders",
        hosts=["stock.production.svc.cluster.local"],
        gateways=["mesh"],
    )
    parcels = _facts(PARCELS, variables={**NODE, "QUEUE_URL": QUEUE_URL})
    objects = [
        *_read("platform", {}),
        *(one for facts in (orders, stock, parcels) for one in _read("workload", facts)),
        *(one for facts in (orders, stock) for one in _read("called_workload", facts)),
        *_read("worker", parcels),
    ]
    _furnish(objects)
    return objects


def _facts(workload: Workload, **facts: Any) -> dict[str, Any]:
    resources = workload.resources
    return {
        "name": workload.name,
        "port": workload.port,
        "cpu": resources.cpu,
        "memory": resources.memory,
        "cpu_limit": resources.cpu_limit,
        "memory_limit": resources.memory_limit,
        "minimum": workload.scaling.minimum,
        "maximum": workload.scaling.maximum,
        "grace": workload.grace_seconds,
        "egress": "observability/opentelemetry-collector.observability.svc.cluster.local",
        **facts,
    }


def _read(file: str, facts: dict[str, Any]) -> list[Manifest]:
    # JSON is YAML in one line.
    spelled = {key: json.dumps(value) if isinstance(value, dict | list) else value for key, value in facts.items()}
    return list(yaml.safe_load_all(Template((HERE / f"{file}.yaml").read_text()).substitute(spelled)))


def _furnish(objects: list[Manifest]) -> None:
    """Add what only one of the workloads, or only those that are called, have in their pods."""
    pods = {one["metadata"]["name"]: one["spec"]["template"]["spec"] for one in objects if one["kind"] == "Deployment"}
    pods["orders"]["volumes"].append({"name": "database", "secret": {"secretName": "orders-database"}})
    pods["stock"]["nodeSelector"] = {"workload": "media-processing"}
    pods["stock"]["tolerations"] = [
        {"key": "workload", "operator": "Equal", "value": "media-processing", "effect": "NoSchedule"}
    ]
    for name in ("orders", "stock"):
        pods[name]["containers"][0]["lifecycle"] = {"preStop": {"sleep": {"seconds": 15}}}
