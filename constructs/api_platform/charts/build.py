"""Makes the chart that a context asks for."""

from typing import assert_never

from cdk8s import App, Chart

from api_platform.charts.platform_chart import PlatformChart
from api_platform.charts.service_chart import ServiceChart
from api_platform.charts.vertical_autoscaling_chart import VerticalAutoscalingChart
from api_platform.context import ChartContext, PlatformContext, ServiceContext, VerticalAutoscalingContext


def build_chart(context: ChartContext) -> Chart:
    """Return the chart, in an app of its own.

    To render one chart, cdk8s looks through its whole app, so that the time for all charts of one app would grow with
    the square of their number.
    """
    match context:
        case PlatformContext():
            return PlatformChart(App(), context)
        case ServiceContext():
            return ServiceChart(App(), context)
        case VerticalAutoscalingContext():
            return VerticalAutoscalingChart(App(), context)
        case _:
            assert_never(context)
