"""Renders an environment, once, and runs the rules over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from cdk8s import App, Chart

from api_platform.call_graph import build_call_graph
from api_platform.charts.platform_chart import PlatformChart
from api_platform.charts.service_chart import ServiceChart
from api_platform.charts.vertical_autoscaling_chart import VerticalAutoscalingChart
from api_platform.environment import Environment
from api_platform.rules import run_rules
from api_platform.rules.finding import Manifest
from api_platform.rules.report import Report, report
from api_platform.service import Service
from api_platform.services import all_services


@dataclass(frozen=True)
class Rendering:
    """All objects of one environment, and what the rules say of them."""

    environment: Environment
    services: tuple[Service, ...]
    files: Mapping[str, tuple[Manifest, ...]]
    """File stem -> objects in the order in which they are applied: 00-platform, 50-api-service, ..."""
    report: Report

    @property
    def objects(self) -> tuple[Manifest, ...]:
        """Return the objects of all files, in order."""
        return tuple(chain.from_iterable(self.files.values()))


def render(environment: Environment, services: tuple[Service, ...] | None = None) -> Rendering:
    """Return every object of the environment. `services`: default is all of the platform's.

    The same input gives the same objects, always: nothing is read here but the specs.
    Raises InputError where the specs do not fit together.
    """
    services = services if services is not None else all_services(environment)
    files = {chart.node.id: tuple(chart.to_json()) for chart in _charts(environment, services)}
    objects = tuple(chain.from_iterable(files.values()))
    findings = run_rules(environment, services, objects)
    return Rendering(environment, services, files, report(services, findings))


def _charts(environment: Environment, services: tuple[Service, ...]) -> list[Chart]:
    # Each in an app of its own: to render one chart, cdk8s looks through its whole app, so that the time for all charts
    # of one app would grow with the square of their number.
    graph = build_call_graph(services)
    charts: list[Chart] = [PlatformChart(App(), environment, services)]
    charts += [ServiceChart(App(), environment, service, graph) for service in services]
    if environment.vertical_pod_autoscaler:
        charts.append(VerticalAutoscalingChart(App(), environment, services))
    return charts
