"""Renders an environment, once, and runs the rules over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from api_platform.call_graph import build_call_graph
from api_platform.charts.identifiers import PLATFORM, VERTICAL_AUTOSCALING, service_chart_id
from api_platform.context import ChartContext, PlatformContext, ServiceContext, VerticalAutoscalingContext
from api_platform.environment import Environment
from api_platform.manifests.chart_cache import ChartCache
from api_platform.manifests.rendered_chart import RenderedChart
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
    charts: Mapping[str, RenderedChart]
    """File stem -> what is in the file, in the order in which files are applied: 00-platform, 50-api-service, ..."""
    report: Report

    @property
    def files(self) -> Mapping[str, tuple[Manifest, ...]]:
        """Return each file's objects, in the order in which they are applied."""
        return {stem: chart.objects for stem, chart in self.charts.items()}

    @property
    def objects(self) -> tuple[Manifest, ...]:
        """Return the objects of all files, in order."""
        return tuple(chain.from_iterable(self.files.values()))


def render(
    environment: Environment, services: tuple[Service, ...] | None = None, cache: ChartCache | None = None
) -> Rendering:
    """Return every object of the environment. `services`: default is all of the platform's.

    The same input gives the same objects, always: nothing is read here but the specs, and from the `cache` (default:
    none) what the very same input has come to before. Raises InputError where the specs do not fit together.
    """
    services = services if services is not None else all_services(environment)
    contexts = _contexts(environment, services)
    charts = (
        cache.render(environment.name, contexts)
        if cache
        else {stem: RenderedChart.of(context) for stem, context in contexts.items()}
    )
    objects = chain.from_iterable(chart.objects for chart in charts.values())
    findings = run_rules(environment, services, objects)
    return Rendering(environment, services, charts, report(services, findings))


def _contexts(environment: Environment, services: tuple[Service, ...]) -> dict[str, ChartContext]:
    """Return what each chart is given: the part of the specs that its objects follow from, and no more."""
    here, graph = environment.for_charts, build_call_graph(services)
    contexts: dict[str, ChartContext] = {PLATFORM: PlatformContext.of(here, services)}
    for service in services:
        own = graph.around({workload.name for workload in service.workloads})
        contexts[service_chart_id(service)] = ServiceContext(here, service, own)
    if environment.vertical_pod_autoscaler:
        contexts[VERTICAL_AUTOSCALING] = VerticalAutoscalingContext.of(here, services)
    return contexts
