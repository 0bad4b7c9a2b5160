"""Alerts for a part of the ground that is gone, or that nobody looks at."""

from typing import Any

import pytest

from tests.observability.ground_series import available, scraped
from tests.observability.samples import gauge
from tests.observability.scenario import Promtool, Scenario, firing
from tests.specs import an_environment

GATEWAY = available("istio-ingress", "istio-ingressgateway")
ANOTHER = available("istio-system", "istiod")


def gone() -> dict[str, Any]:
    return firing(
        "ComponentUnavailable",
        "critical",
        "istio-ingressgateway in istio-ingress: 0 replicas are available",
        "Nothing that the world asks reaches any service.",
        environment="production",
        component="istio-ingressgateway",
    )


def others_are_seen() -> dict[str, str]:
    """Return all components but the gateway."""
    where = {
        "istio-system": ("istiod",),
        "cert-manager": ("cert-manager",),
        "keda": ("keda-operator", "keda-operator-metrics-apiserver"),
        "external-secrets": ("external-secrets",),
    }
    return {available(namespace, name): gauge((1, 90)) for namespace, those in where.items() for name in those}


@pytest.mark.slow
def test_the_last_pod_of_the_gateway_pages_within_three_minutes(promtool: Promtool) -> None:
    lost = Scenario(
        series={GATEWAY: gauge((3, 30), (0, 30), (1, 30)), **others_are_seen()},
        alerts=[
            (31, "ComponentUnavailable", []),
            (33, "ComponentUnavailable", [gone()]),
            (65, "ComponentUnavailable", []),
        ],
    )
    promtool.play_platform(an_environment(), lost)


@pytest.mark.slow
def test_a_deployment_that_is_not_there_is_gone_as_well(promtool: Promtool) -> None:
    deleted = Scenario(series=others_are_seen(), alerts=[(30, "ComponentUnavailable", [gone()])])
    promtool.play_platform(an_environment(), deleted)


@pytest.mark.slow
def test_where_no_deployment_is_seen_it_is_the_eyes_that_are_gone(promtool: Promtool) -> None:
    """kube-state-metrics has an alert of its own, from its chart; six more would hide it."""
    promtool.play_platform(an_environment(), Scenario(series={}, alerts=[(60, "ComponentUnavailable", [])]))


@pytest.mark.slow
def test_a_component_that_nothing_scrapes_is_told_of(promtool: Promtool) -> None:
    """As where a chart's own monitor was never switched on: its alerts could not fire."""
    unseen = firing(
        "ComponentUnseen",
        "warning",
        "external-secrets in external-secrets: 0 of its targets are scraped",
        "Its monitor is missing, or finds nothing. What is told of it by its own metrics is not told now.",
        environment="production",
        component="external-secrets",
    )
    seen = ("istio-ingress", "istio-system", "keda", "cert-manager")
    partly = Scenario(
        series={scraped(namespace): gauge((1, 60)) for namespace in seen},
        alerts=[(29, "ComponentUnseen", []), (31, "ComponentUnseen", [unseen])],
    )
    promtool.play_platform(an_environment(), partly)
