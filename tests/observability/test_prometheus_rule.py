"""The PrometheusRule object."""

import re

import pytest

from api_platform.environment import Environment, load_environments
from api_platform.observability.prometheus_rule import prometheus_rule
from api_platform.service import Service
from api_platform.services import all_services
from tests.observability.specs import a_shop, a_worker
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, service_context


def rule_of(environment: Environment, service: Service) -> Manifest:
    """Return the service's PrometheusRule."""
    return object_of(lambda chart: prometheus_rule(chart, service_context(environment, service)))


def test_it_is_named_after_its_service() -> None:
    rule = rule_of(an_environment(), a_service(a_worker(name="importer"), name="jobs"))
    assert rule["metadata"]["name"] == "jobs"
    assert rule["metadata"]["namespace"] == "production"
    assert rule["metadata"]["labels"]["app.kubernetes.io/part-of"] == "jobs"


def test_a_workload_has_its_records_before_its_alerts() -> None:
    rule = rule_of(an_environment(), a_shop())
    assert [group["name"] for group in rule["spec"]["groups"]] == ["orders.records", "orders.alerts", "orders.business"]


def test_a_service_without_figures_of_its_business_has_no_empty_group() -> None:
    rule = rule_of(an_environment(), a_service())
    assert all(group["rules"] for group in rule["spec"]["groups"])


@pytest.mark.parametrize("name", ["development", "staging", "production"])
def test_no_two_groups_have_one_name(name: str) -> None:
    (environment,) = load_environments(name)
    rules = [rule_of(environment, service) for service in all_services(environment)]
    names = [group["name"] for rule in rules for group in rule["spec"]["groups"]]
    assert len(set(names)) == len(names)


def test_rules_read_only_what_rules_of_the_same_service_record() -> None:
    """A record that nobody writes yields nothing, and an alert on it is silent for ever."""
    both = a_service(a_workload(), a_worker(name="importer"))
    rules = [entry for group in rule_of(an_environment(), both)["spec"]["groups"] for entry in group["rules"]]
    recorded = {entry["record"] for entry in rules if "record" in entry}
    read = {name for entry in rules for name in re.findall(r"workload[a-z_]*:[a-z_]+:[a-z0-9_]+", entry["expr"])}
    assert read <= recorded
