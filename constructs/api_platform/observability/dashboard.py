"""A service's Grafana dashboard, from the same spec as its alerts."""

import hashlib
from itertools import count

from cdk8s_plus_27 import k8s
from constructs import Construct
from grafana_foundation_sdk.builders.dashboard import Dashboard, DatasourceVariable, Row
from grafana_foundation_sdk.cog.encoder import JSONEncoder

from api_platform import names
from api_platform.environment import Environment
from api_platform.labels import standard_labels
from api_platform.observability.panels import DATASOURCE, Graph, business_graph, workload_graphs
from api_platform.service import Service

LABEL = {"grafana_dashboard": "1"}
"""By which Grafana's sidecar finds dashboards, in every namespace if it is told to look there."""
_UID_LIMIT = 40
"""Grafana's; a name may have 63 characters."""


def dashboard(scope: Construct, environment: Environment, service: Service) -> k8s.KubeConfigMap:
    """Create the dashboard. Same spec, same bytes: its id comes from the names, and it holds no time."""
    name = f"{service.name}-dashboard"
    return k8s.KubeConfigMap(
        scope,
        f"config-map-{name}",
        metadata=k8s.ObjectMeta(
            name=name, namespace=names.namespace(environment), labels={**standard_labels(service), **LABEL}
        ),
        # The key is the name of a file in one folder for all dashboards.
        data={f"{environment.name}-{service.name}.json": dashboard_json(environment, service)},
    )


def dashboard_json(environment: Environment, service: Service) -> str:
    """Return the dashboard as Grafana reads it: a row for each workload, and one for the business."""
    board = (
        Dashboard(f"{service.name} ({environment.name})")
        .uid(dashboard_uid(environment, service))
        .tags(["api-platform", environment.name])
        .readonly()
        .time("now-6h", "now")
        .refresh("1m")
        .with_variable(DatasourceVariable(DATASOURCE).label("Data source").type("prometheus"))
    )
    ids = count(1)  # of rows and panels alike; the library would give every row the same one
    for title, graphs in _rows(environment, service):
        board = board.with_row(Row(title).id(next(ids)))
        for graph in graphs:
            board = board.with_panel(graph.panel().id(next(ids)))
    return JSONEncoder(sort_keys=True, indent=1).encode(board.build())


def dashboard_uid(environment: Environment, service: Service) -> str:
    """Return the id in the dashboard's address: environment and service, cut and hashed where that is too long."""
    name = f"{environment.name}-{service.name}"
    if len(name) <= _UID_LIMIT:
        return name
    return f"{name[: _UID_LIMIT - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _rows(environment: Environment, service: Service) -> list[tuple[str, list[Graph]]]:
    rows = [(workload.name, workload_graphs(environment, workload)) for workload in service.workloads]
    business = [business_graph(metric) for metric in service.metrics]
    return [*rows, ("Business", business)] if business else rows
