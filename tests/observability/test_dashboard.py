"""A service's dashboard."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from api_platform.observability.dashboard import dashboard, dashboard_json, dashboard_uid
from api_platform.observability.recording_rules import recording_rules
from api_platform.service import Objectives, Service
from tests.observability.scenario import Promtool
from tests.observability.specs import a_shop, a_worker
from tests.rendering import object_of
from tests.specs import a_service, a_workload, an_environment, an_exposure, in_context, service_context


def board(service: Service) -> dict[str, Any]:
    """Return the dashboard as Grafana reads it."""
    read: dict[str, Any] = json.loads(dashboard_json(service_context(an_environment(), service)))
    return read


def titles(service: Service) -> list[str]:
    return [panel["title"] for panel in board(service)["panels"]]


def queries(service: Service) -> list[str]:
    return [target["expr"] for panel in board(service)["panels"] for target in panel.get("targets", [])]


def test_grafana_finds_it_by_its_label() -> None:
    rendered = object_of(lambda chart: dashboard(chart, service_context(an_environment(), a_shop())))
    assert rendered["metadata"]["name"] == "orders-dashboard"
    assert rendered["metadata"]["labels"]["grafana_dashboard"] == "1"
    assert list(rendered["data"]) == ["production-orders.json"]


def test_the_same_spec_makes_the_same_bytes() -> None:
    assert dashboard_json(service_context(an_environment(), a_shop())) == dashboard_json(
        service_context(an_environment(), a_shop())
    )


def test_a_workload_has_a_row_and_so_has_the_business() -> None:
    service = a_service(a_workload(), a_worker(name="importer"), metrics=a_shop().metrics)
    assert titles(service) == [
        *("orders", "Requests", "Failures", "Latency", "Replicas", "CPU a pod", "Memory a pod", "Restarts"),
        *("importer", "Queue depth", "Replicas", "CPU a pod", "Memory a pod", "Restarts"),
        *("Business", "failed-payments"),
    ]


def test_a_line_shows_the_objective() -> None:
    workload = a_workload(exposure=an_exposure(objectives=Objectives(p95_latency_milliseconds=250)))
    (latency,) = [panel for panel in board(a_service(workload))["panels"] if panel["title"] == "Latency"]
    assert latency["fieldConfig"]["defaults"]["thresholds"]["steps"][-1]["value"] == 250


def test_ids_and_places_differ() -> None:
    """Two panels of one id or place: Grafana shows one of them."""
    panels = board(a_service(a_workload(), a_worker(name="importer")))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}) == len(panels)


def test_its_address_is_readable_and_within_grafanas_40_characters() -> None:
    twins = [a_service(name="a-rather-long-name-of-a-service-" + letter) for letter in "xy"]
    uids = [dashboard_uid(service_context(an_environment(), service)) for service in twins]
    assert dashboard_uid(service_context(an_environment(), a_service())) == "production-orders"
    assert len(set(uids)) == 2
    assert all(len(uid) <= 40 for uid in uids)


def test_it_reads_only_what_the_services_rules_record() -> None:
    service = a_service(a_workload(), a_worker(name="importer"))
    rules = [
        rule
        for workload in service.workloads
        for rule in recording_rules(in_context(an_environment(), service, workload))
    ]
    read = {name for query in queries(service) for name in re.findall(r"workload[a-z_]*:[a-z_]+:[a-z0-9_]+", query)}
    assert read <= {rule.record for rule in rules}


@pytest.mark.slow
def test_every_query_is_promql(promtool: Promtool, tmp_path: Path) -> None:
    service = a_service(a_workload(), a_worker(name="importer"), metrics=a_shop().metrics)
    rules = [{"record": f"query_{number}", "expr": query} for number, query in enumerate(queries(service))]
    path = tmp_path / "queries.yaml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    promtool.run("check", "rules", str(path))
