"""`api-platform explain`: each object that a service becomes, and why."""

from collections.abc import Mapping
from itertools import groupby

from rich.console import Console
from rich.table import Table

from api_platform.charts.identifiers import service_chart_id
from api_platform.environment import load_environments
from api_platform.errors import InputError, nearest
from api_platform.labels import NAME
from api_platform.manifests.rendering import render
from api_platform.rules.finding import Manifest

WHY: Mapping[str, str] = {
    "AuthorizationPolicy": "the namespace denies every request; this lets its callers in (calls=, exposure=)",
    "AuthorizationPolicy -metrics": "allows GET /metrics on the metrics port",
    "ConfigMap": "its environment variables: settings=, and what follows from the rest of the spec",
    "ConfigMap -dashboard": "Grafana's dashboard of the service (exposure=, scaling=, metrics=)",
    "Deployment": "the pods, and how new ones replace old ones",
    "DestinationRule": "how callers treat it: mutual TLS, circuit breaker, connection pools (exposure=)",
    "ExternalSecret": "a secret of Secrets Manager, mounted as files (uses=)",
    "HorizontalPodAutoscaler": "replicas follow CPU and memory (scaling=UtilizationScaling)",
    "NetworkPolicy": "the namespace drops every packet; this lets callers, callees and uses= through",
    "PeerAuthentication": "mutual TLS on every port but the metrics port, which Prometheus reads in the clear",
    "PodDisruptionBudget": "how many pods a node drain may take at a time (budget=)",
    "PrometheusRule": "recorded figures and alerts: objectives, saturation, restarts (exposure=, metrics=)",
    "ScaledObject": "replicas follow the queue's depth, CPU and memory (scaling=QueueScaling)",
    "Service": "its stable name; headless where only metrics are read from it",
    "ServiceAccount": "its identity, in the mesh and with AWS",
    "ServiceMonitor": "Prometheus reads /metrics",
    "Sidecar": "its proxy knows its callees, and nothing else (calls=)",
    "TriggerAuthentication": "KEDA reads the queue's depth under its own role",
    "VerticalPodAutoscaler": "recommends requests, and changes none (vertical_pod_autoscaler in the environment file)",
    "VirtualService": "hosts, timeout and retries (exposure=)",
}
"""Kind, or kind and end of the name -> why it is there, and the part of the spec that it follows from."""


def explain_command(service: str, environment_name: str) -> None:
    """Print the objects of one service. Raises InputError where there is no such service."""
    (environment,) = load_environments(environment_name)
    rendering = render(environment)
    known = {one.name: one for one in rendering.services}
    if service not in known:
        raise InputError(f"there is no service {service!r}. {nearest(service, list(known))}")
    workloads = {workload.name for workload in known[service].workloads}
    objects = [
        one
        for stem, file in rendering.files.items()
        for one in file
        if stem == service_chart_id(known[service])
        or (one["kind"] == "VerticalPodAutoscaler" and one["metadata"]["name"] in workloads)
    ]
    table = Table("object", "why", title=f"{service} in {environment.name}: {len(objects)} objects")
    for _, group in groupby(objects, key=lambda one: one["metadata"]["labels"][NAME]):
        table.add_section()
        for one in group:
            table.add_row(f"{one['kind']} [bold]{one['metadata']['name']}[/bold]", why(one))
    Console().print(table)


def why(manifest: Manifest) -> str:
    """Return the reason of one object: the most special one there is. Raises KeyError where there is none."""
    kind, name = manifest["kind"], manifest["metadata"]["name"]
    special = [key for key in WHY if key.startswith(f"{kind} ") and name.endswith(key.split()[1])]
    return WHY[special[0] if special else kind]
