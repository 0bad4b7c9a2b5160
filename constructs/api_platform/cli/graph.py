"""`api-platform graph`: who calls whom, as Mermaid or as SVG."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from api_platform.call_graph import build_call_graph
from api_platform.cli.options import chosen_form
from api_platform.environment import ROOT, load_environments
from api_platform.errors import InputError
from api_platform.names import GATEWAY
from api_platform.service import (
    BucketAccess,
    CacheAccess,
    DatabaseAccess,
    Need,
    QueueConsumer,
    QueueSender,
    SecretAccess,
    Service,
    Workload,
)
from api_platform.services import all_services

_RENDERER = ROOT / "tools" / "graph" / "svg.mjs"


@dataclass(frozen=True, order=True)
class Edge:
    """An arrow: calls are solid, all else is dashed."""

    source: str
    target: str
    solid: bool


def graph_command(environment_name: str, output_format: str, *, data_flow: bool) -> None:
    """Print the graph. Raises InputError on an unknown format, or where SVG cannot be drawn."""
    formats = {"mermaid": to_mermaid, "svg": to_svg}
    draw = chosen_form(output_format, formats)
    (environment,) = load_environments(environment_name)
    print(draw(edges(all_services(environment), data_flow=data_flow)), end="")


def edges(services: Sequence[Service], *, data_flow: bool) -> list[Edge]:
    """Return the arrows: permitted calls, and with `data_flow` what goes through queues, buckets and data stores."""
    calls = [Edge(call.caller, call.callee, solid=True) for call in build_call_graph(services).calls]
    if not data_flow:
        return calls
    workloads = [workload for service in services for workload in service.workloads]
    flows = {edge for workload in workloads for need in workload.uses for edge in _flow(workload, need)}
    return [Edge("internet", GATEWAY, solid=True), *calls, *sorted(flows)]


def to_mermaid(arrows: Sequence[Edge]) -> str:
    """Return a Mermaid flowchart, which code hosts draw inside Markdown."""
    lines = [f"    {_identifier(e.source)} {'-->' if e.solid else '-.->'} {_identifier(e.target)}" for e in arrows]
    nodes = [f"    {_identifier(node)}{_shape(node)}" for node in _nodes(arrows)]
    return "\n".join(["flowchart LR", *nodes, *lines]) + "\n"


def to_svg(arrows: Sequence[Edge]) -> str:
    """Return an SVG, laid out by Graphviz (its WebAssembly build). Raises InputError where it is not installed."""
    run = subprocess.run(
        [os.environ.get("JSII_NODE", "node"), str(_RENDERER)],
        input=to_dot(arrows),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise InputError(
            f"the graph cannot be drawn: {run.stderr.strip()}. Run `make setup`, which installs the tools."
        )
    return run.stdout


def to_dot(arrows: Sequence[Edge]) -> str:
    """Return the graph in Graphviz's language."""
    stores = [f"  {json.dumps(node)} [shape=cylinder];" for node in _nodes(arrows) if _is_store(node)]
    lines = [
        f"  {json.dumps(e.source)} -> {json.dumps(e.target)}{'' if e.solid else ' [style=dashed]'};" for e in arrows
    ]
    return "\n".join(["digraph {", *_DOT_STYLE, *stores, *lines, "}"]) + "\n"


_DOT_STYLE = (
    '  rankdir=LR; bgcolor="transparent";',
    # Helvetica: Graphviz knows its widths. The colours can be read on a light page and on a dark one.
    '  node [shape=box style="filled" fillcolor="#eef2ff" color="#64748b" fontname="Helvetica" margin="0.2,0.1"];',
    '  edge [color="#64748b"];',
)


def _flow(workload: Workload, need: Need) -> list[Edge]:
    match need:
        case QueueConsumer():
            return [Edge(f"{workload.name} queue", workload.name, solid=False)]
        case QueueSender(queue=queue):
            return [Edge(workload.name, f"{queue} queue", solid=False)]
        case BucketAccess(bucket=bucket):
            return [Edge(workload.name, f"{bucket} bucket", solid=False)]
        case DatabaseAccess():
            return [Edge(workload.name, "database", solid=False)]
        case CacheAccess():
            return [Edge(workload.name, "cache", solid=False)]
        case SecretAccess():
            return []


def _nodes(arrows: Sequence[Edge]) -> list[str]:
    return list(dict.fromkeys(node for arrow in arrows for node in (arrow.source, arrow.target)))


def _identifier(node: str) -> str:
    return node.replace("-", "_").replace(" ", "_")


def _shape(node: str) -> str:
    if _is_store(node):
        return f"[({node})]"
    return f"([{node}])" if node.endswith(" queue") else f"[{node}]"


def _is_store(node: str) -> bool:
    return node in ("database", "cache") or node.endswith(" bucket")
