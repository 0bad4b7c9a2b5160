"""What happens to a workload, as Prometheus would see it; what the rules must make of it; and promtool, which decides.

The series are spelled out as Istio, KEDA and kube-state-metrics publish them, apart from the code that reads them.
"""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from api_platform.environment import Environment
from api_platform.manifests.rendering import Rendering
from api_platform.observability.platform_rule import platform_rule
from api_platform.observability.prometheus_rule import prometheus_rule
from api_platform.service import Service
from tests.rendering import Manifest, object_of
from tests.specs import service_context

ORDERS = {"environment": "production", "service": "orders", "workload": "orders"}
"""The labels of every record and alert of the workload that the scenarios are about."""
FIRED = 'count_over_time(ALERTS{alertstate="firing"}[1d])'
"""Every alert that fired in the day before."""
REQUEST = {
    "reporter": "destination",
    "source_workload": "checkout",
    "source_workload_namespace": "production",
    "destination_workload": "orders",
    "destination_workload_namespace": "production",
    "destination_service_name": "orders",
    "request_protocol": "http",
    "connection_security_policy": "mutual_tls",
    "namespace": "production",
    "container": "istio-proxy",
    "pod": "orders-5b9c-x7k2p",
}
"""The labels of a request as the pod's own proxy counts it."""


@dataclass(frozen=True)
class Scenario:
    """Series of samples, one a minute, and what is expected at some of those minutes."""

    series: Mapping[str, str]
    """Series -> its samples, in promtool's notation."""
    alerts: Sequence[tuple[int, str, Sequence[Mapping[str, Any]]]] = ()
    """Minute, alert, and the instances that fire then: their labels and annotations."""
    samples: Sequence[tuple[int, str, Sequence[tuple[str, float]]]] = ()
    """Minute, PromQL, and what it yields: series and value."""
    evaluated_every: int = 1
    """Minutes between two evaluations of the rules: more are faster, where nothing changes in between."""

    def document(self, rules: Path, groups: Sequence[str]) -> dict[str, Any]:
        """Return the scenario as promtool reads it. `groups`: their order within a minute; else it is random."""
        return {
            "rule_files": [str(rules)],
            "evaluation_interval": f"{self.evaluated_every}m",
            "group_eval_order": list(groups),
            "fuzzy_compare": True,
            "tests": [
                {
                    "interval": "1m",
                    "input_series": [{"series": name, "values": values} for name, values in self.series.items()],
                    "alert_rule_test": [
                        {"eval_time": f"{minute}m", "alertname": alert, "exp_alerts": list(firing)}
                        for minute, alert, firing in self.alerts
                    ],
                    "promql_expr_test": [
                        {
                            "eval_time": f"{minute}m",
                            "expr": query,
                            "exp_samples": [{"labels": yielded, "value": value} for yielded, value in expected],
                        }
                        for minute, query, expected in self.samples
                    ],
                }
            ],
        }


@dataclass(frozen=True)
class Promtool:
    """The program promtool, and a folder for the files that it reads."""

    program: Path
    folder: Path = field(repr=False)

    def check(self, environment: Environment, service: Service) -> None:
        """Fail unless the service's rules are rules that Prometheus would load."""
        self._check(_of_service(environment, service))

    def check_platform(self, environment: Environment) -> None:
        """Fail unless the platform's rules are rules that Prometheus would load."""
        self._check(_of_platform(environment))

    def play(self, environment: Environment, service: Service, scenario: Scenario) -> None:
        """Fail unless the service's rules answer the scenario as expected."""
        self._play(_of_service(environment, service), scenario)

    def play_platform(self, environment: Environment, scenario: Scenario) -> None:
        """Fail unless the platform's rules answer the scenario as expected."""
        self._play(_of_platform(environment), scenario)

    def play_all(self, rendering: Rendering, scenario: Scenario) -> None:
        """Fail unless all rules of an environment together answer the scenario as expected."""
        rules = [one for one in rendering.objects if one["kind"] == "PrometheusRule"]
        self._play([group for one in rules for group in one["spec"]["groups"]], scenario)

    def _check(self, groups: Sequence[Manifest]) -> None:
        self.run("check", "rules", "--lint=all", "--lint-fatal", str(self._rules(groups)))

    def _play(self, groups: Sequence[Manifest], scenario: Scenario) -> None:
        document = scenario.document(self._rules(groups), [group["name"] for group in groups])
        self.run("test", "rules", str(self._written("scenario.yaml", document)))

    def _rules(self, groups: Sequence[Manifest]) -> Path:
        return self._written("rules.yaml", {"groups": list(groups)})

    def _written(self, name: str, document: object) -> Path:
        path = self.folder / name
        path.write_text(yaml.safe_dump(document, sort_keys=False))
        return path

    def run(self, *arguments: str) -> None:
        """Fail with what promtool says, unless it is content."""
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.fail(done.stdout + done.stderr, pytrace=False)


def _of_service(environment: Environment, service: Service) -> list[Manifest]:
    return _groups(object_of(lambda chart: prometheus_rule(chart, service_context(environment, service))))


def _of_platform(environment: Environment) -> list[Manifest]:
    return _groups(object_of(lambda chart: platform_rule(chart, environment)))


def _groups(rule: Manifest) -> list[Manifest]:
    groups: list[Manifest] = rule["spec"]["groups"]
    return groups


def firing(alert: str, severity: str, summary: str, description: str, **labels: str) -> dict[str, Any]:
    """Return an alert as it reaches people. `labels`: default are those of `ORDERS`."""
    page = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in alert).removeprefix("-")
    return {
        "exp_labels": {**(labels or ORDERS), "severity": severity},
        "exp_annotations": {
            "summary": summary,
            "description": description,
            "runbook_url": f"https://runbooks.example.com/{page}",
        },
    }


def series(metric: str, /, **labels: str) -> str:
    """Return a series as promtool writes it: `up{job="api"}`."""
    return metric + "{" + ", ".join(f'{label}="{value}"' for label, value in labels.items()) + "}"


def record(name: str, /, value: float, **labels: str) -> tuple[str, float]:
    """Return a sample that a recording rule is expected to write for `orders`."""
    return series(name, **ORDERS, **labels), value


def requests(code: str = "200", **changes: str) -> str:
    """Return the series that counts requests with this response code."""
    return series("istio_requests_total", **{**REQUEST, "response_code": code, **changes})


def durations(le: str) -> str:
    """Return a bucket of the histogram of durations."""
    return series("istio_request_duration_milliseconds_bucket", **REQUEST, response_code="200", le=le)


def cluster_state(metric: str, /, **labels: str) -> str:
    """Return a series of kube-state-metrics, which adds itself as `instance`."""
    return series(metric, namespace="production", instance="10.0.0.1:8080", **labels)
