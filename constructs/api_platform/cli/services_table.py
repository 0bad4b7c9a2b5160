"""`api-platform services`: what runs where, with its figures."""

from collections.abc import Callable, Mapping
from typing import assert_never

from rich.console import Console
from rich.table import Column, Table

from api_platform import names
from api_platform.environment import Environment, load_environments
from api_platform.service import MaxUnavailable, MinAvailable, QueueScaling, Workload
from api_platform.services import all_services


def services_command(only: str | None) -> None:
    """Print a table: a block for each workload, a line for each figure, a column for each environment."""
    environments = load_environments(only)
    table = Table(
        Column("workload", overflow="fold"),
        *(Column(environment.name, overflow="fold") for environment in environments),
    )
    by_name = [_workloads(environment) for environment in environments]
    for name in by_name[0]:
        table.add_row(f"[bold]{name}[/bold]")
        for label, figure in _FIGURES.items():
            cells = [figure(env, workloads[name]) for env, workloads in zip(environments, by_name, strict=True)]
            if any(cells):
                table.add_row(f"  {label}", *cells)
        table.add_section()
    Console().print(table)


def _workloads(environment: Environment) -> dict[str, Workload]:
    return {workload.name: workload for service in all_services(environment) for workload in service.workloads}


def _scales_on(_: Environment, workload: Workload) -> str:
    scaling = workload.scaling
    depth = [f"{scaling.messages_per_pod} messages a pod"] if isinstance(scaling, QueueScaling) else []
    return ", ".join([*depth, f"CPU {scaling.cpu_percent} %", f"memory {scaling.memory_percent} %"])


def _budget(_: Environment, workload: Workload) -> str:
    match workload.budget:
        case MinAvailable(pods=pods):
            return f"{pods} stay ready"
        case MaxUnavailable(pods=pods):
            return f"{pods} may be missing"
        case budget:
            assert_never(budget)


def _public_at(environment: Environment, workload: Workload) -> str:
    subdomain = workload.exposure.subdomain if workload.exposure else None
    return names.public_host(environment, subdomain) if subdomain else ""


_FIGURES: Mapping[str, Callable[[Environment, Workload], str]] = {
    "image tag": lambda _, workload: workload.image.tag,
    "replicas": lambda _, workload: f"{workload.scaling.minimum} to {workload.scaling.maximum}",
    "scales on": _scales_on,
    "requests": lambda _, workload: f"{workload.resources.cpu} CPU, {workload.resources.memory}",
    "limits": lambda _, workload: f"{workload.resources.cpu_limit} CPU, {workload.resources.memory_limit}",
    "budget": _budget,
    "grace": lambda _, workload: f"{workload.grace_seconds} s",
    "timeout": lambda _, workload: f"{workload.exposure.timeout_seconds} s" if workload.exposure else "",
    "queue": lambda env, workload: names.queue_name(env, workload.name) if workload.consumer else "",
    "public at": _public_at,
    "calls": lambda _, workload: ", ".join(workload.calls),
    "nodes": lambda _, workload: workload.node_pool or "",
}
"""What is shown of a workload; a line that is empty in all environments is left out."""
