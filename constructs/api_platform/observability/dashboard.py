"""A service's Grafana dashboard, from the same spec as its alerts."""

import hashlib
from itertools import count

from cdk8s_plus_27 import k8s
from constructs import Construct
from grafana_foundation_sdk.builders.dashboard import Dashboard, DatasourceVariable, Row
from grafana_foundation_sdk.cog.encoder import JSONEncoder

from api_platform.context import ServiceContext
from api_platform.observability.panels import DATASOURCE, Graph, business_graph, workload_graphs

LABEL = {"grafana_dashboard": "1"}
"""By which Grafana's sidecar finds dashboards, in every namespace if it is told to look there."""
_UID_LIMIT = 40
"""Grafana's; a name may have 63 characters."""


def dashboard(scope: Construct, context: ServiceContext) -> k8s.KubeConfigMap:
    """Create the dashboard. Same spec, same bytes: its id comes from the names, and it holds no time."""
    name = f"{context.service.name}-dashboard"
    return k8s.KubeConfigMap(
        scope,
        f"config-map-{name}",
        metadata=context.metadata(name, labels=LABEL),
        # The key is the name of a file in one folder for all dashboards.
        data={f"{context.environment.name}-{context.service.name}.json": dashboard_json(context)},
    )


def dashboard_json(context: ServiceContext) -> str:
    """Return the dashboard as Grafana reads it: a row for each workload, and one for the business."""
    board = (
        Dashboard(f"{context.service.name} ({context.environment.name})")
        .uid(dashboard_uid(context))
        .tags(["api-platform", context.environment.name])
        .readonly()
        .time("now-6h", "now")
        .refresh("1m")
        .with_variable(DatasourceVariable(DATASOURCE).label("Data source").type("prometheus"))
    )
    ids = count(1)  # of rows and panels alike; the library would give every row the same one
    for title, graphs in _rows(context):
        board = board.with_row(Row(title).id(next(ids)))
        for graph in graphs:
            board = board.with_panel(graph.panel().id(next(ids)))
    return JSONEncoder(sort_keys=True, indent=1).encode(board.build())


def dashboard_uid(context: ServiceContext) -> str:
    """Return the id in the dashboard's address: environment and service, cut and hashed where that is too long."""
    name = f"{context.environment.name}-{context.service.name}"
    if len(name) <= _UID_LIMIT:
        return name
    return f"{name[: _UID_LIMIT - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _rows(context: ServiceContext) -> list[tuple[str, list[Graph]]]:
    rows = [(one.name, workload_graphs(one)) for one in context.workloads]
    business = [business_graph(metric) for metric in context.service.metrics]
    return [*rows, ("Business", business)] if business else rows
