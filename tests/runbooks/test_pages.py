"""The folder of runbooks: nobody is sent to a page that is not there, or that is no longer true."""

from dataclasses import replace

import pytest

from api_platform.environment import ENVIRONMENT_NAMES, ROOT
from api_platform.errors import InputError
from api_platform.manifests.rendering import Rendering, render
from api_platform.runbooks.occurrence import Occurrence, occurrences
from api_platform.runbooks.pages import INDEX, RUNBOOKS, pages
from api_platform.runbooks.texts.business_metric import business_runbook
from api_platform.service import BusinessMetric, Threshold
from tests.specs import a_service, an_environment
from tests.whole_platform import every_environment, rendering_of

COMMITTED = ROOT / "docs" / "runbooks"


def every_rendering() -> list[Rendering]:
    return [rendering_of(name) for name in ENVIRONMENT_NAMES]


def everything() -> list[Occurrence]:
    return [one for rendering in every_rendering() for one in occurrences(rendering)]


def a_metric(name: str) -> BusinessMetric:
    return BusinessMetric(name=name, help="Orders that failed, a minute.", query="sum(x)", alert=Threshold(above=0.5))


def test_the_committed_pages_are_what_the_command_writes() -> None:
    """Write them again: api-platform runbooks."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.iterdir()}
    assert committed == pages(every_rendering())


@every_environment
def test_every_rendered_alert_sends_its_reader_to_a_page_that_exists(environment: str) -> None:
    rendering = rendering_of(environment)
    rules = [one for one in rendering.objects if one["kind"] == "PrometheusRule"]
    links = [
        rule["annotations"]["runbook_url"]
        for one in rules
        for group in one["spec"]["groups"]
        for rule in group["rules"]
        if "alert" in rule
    ]
    assert len(links) > 20
    base = rendering.environment.runbooks_url
    missing = [link for link in links if not (COMMITTED / f"{link.removeprefix(f'{base}/')}.md").is_file()]
    assert missing == []


def test_every_alarm_sends_its_reader_to_a_page_that_exists() -> None:
    pages_of_alarms = {one.url.rpartition("/")[2] for one in everything() if one.source == "CloudWatch"}
    assert pages_of_alarms == {"message-waits-too-long", "dead-letters"}
    assert all((COMMITTED / f"{page}.md").is_file() for page in pages_of_alarms)


def test_no_runbook_is_kept_of_an_alert_that_is_gone() -> None:
    assert set(RUNBOOKS) <= {one.name for one in everything()}


def test_the_index_names_every_page() -> None:
    written = pages(every_rendering())
    assert [name for name in written if name != INDEX and f"]({name})" not in written[INDEX]] == []


def test_a_page_names_every_workload_that_its_alert_is_about() -> None:
    written = pages(every_rendering())
    for one in everything():
        page = written[f"{one.url.rpartition('/')[2]}.md"]
        service = one.service.name if one.service else "platform"
        part = one.workload.name if one.workload else one.component or "all"
        assert f"| {service} | {part} | {one.severity} |" in page


def test_a_page_shows_each_environments_own_figure() -> None:
    page = pages(every_rendering())["autoscaler-at-maximum.md"]
    assert "| api-service | api-service | warning | 4 | 10 | 100 |" in page


def test_where_an_alert_cannot_fire_a_dash_stands() -> None:
    """Of data-export in production the budget blocks by intent."""
    page = pages(every_rendering())["budget-blocks-drain.md"]
    assert "| worker-service | data-export | warning | 1 may go | 1 may go | - |" in page


def test_one_environments_pages_name_no_other() -> None:
    for name, page in pages([rendering_of("staging")]).items():
        assert name == INDEX or "production" not in page


def test_a_new_business_metric_has_a_page_of_its_own() -> None:
    service = a_service(metrics=(a_metric("failed-orders"),))
    page = pages([render(an_environment(), (service,))])["failed-orders.md"]
    assert "Orders that failed, a minute." in page
    assert "| orders | all | warning | 0.5 |" in page
    assert "service=orders workload=orders" in page


def test_an_alert_without_a_runbook_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RUNBOOKS, "ContainerRestarts")
    with pytest.raises(InputError, match=r"ContainerRestarts of api-service has no runbook\. Write one in "):
        pages([rendering_of("production")])


def test_a_metric_that_takes_a_workloads_alerts_name_is_refused() -> None:
    """Its page would be about two things."""
    service = a_service(metrics=(a_metric("container-restarts"),))
    with pytest.raises(InputError, match="ContainerRestarts is both"):
        pages([render(an_environment(), (service,))])


def test_a_metric_that_takes_a_platform_alerts_name_is_refused() -> None:
    service = a_service(metrics=(a_metric("scaler-fails"),))
    with pytest.raises(InputError, match="ScalerFails is both the platform's and a business metric's"):
        pages([render(an_environment(), (service,))])


def test_a_page_about_the_ground_names_each_part_of_it_and_where_it_runs() -> None:
    page = pages(every_rendering())["component-unavailable.md"]
    assert "| service | component | severity |" in page
    assert "environment=production component=istiod component_namespace=istio-system\n" in page
    assert "It fires after 2 or 10 minutes." in page


def test_an_alert_of_another_name_is_not_taken_for_a_metrics() -> None:
    one = next(one for one in occurrences(rendering_of("production")) if one.service)
    assert one.service
    assert any(metric.alert for metric in one.service.metrics)
    strange = replace(one, name="Strange", workload=None)
    with pytest.raises(InputError, match="alert Strange of api-service has no runbook"):
        business_runbook(strange)
