from cdk8s import App

from api_platform.charts.identifiers import VERTICAL_AUTOSCALING, service_chart_id
from api_platform.charts.vertical_autoscaling_chart import VerticalAutoscalingChart
from api_platform.context import VerticalAutoscalingContext
from tests.charts.kinds import titles
from tests.kubernetes.pods import a_worker
from tests.specs import a_service, a_workload, an_environment

SERVICES = [a_service(a_workload(name="orders"), a_worker(name="parcels")), a_service(a_workload(name="stock"))]


def test_it_holds_one_recommender_for_each_workload() -> None:
    chart = VerticalAutoscalingChart(App(), VerticalAutoscalingContext.of(an_environment(), SERVICES))
    assert titles(chart.to_json()) == [
        "VerticalPodAutoscaler/orders",
        "VerticalPodAutoscaler/parcels",
        "VerticalPodAutoscaler/stock",
    ]


def test_its_file_comes_after_all_services() -> None:
    """kubectl takes the files of a folder by name; there must be something to look at."""
    assert service_chart_id(a_service(name="zzz")) < VERTICAL_AUTOSCALING
