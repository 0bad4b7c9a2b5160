"""The rules over what is really rendered: they accept it, and each of them sees it."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.manifests.rendering import Rendering, render
from api_platform.rules import RULES
from tests.rules.platform import Platform


@cache
def rendered(environment: str) -> Rendering:
    (loaded,) = load_environments(environment)
    # With recommendations, so that the rule about them has something to read.
    return render(loaded.model_copy(update={"vertical_pod_autoscaler": True}))


@pytest.fixture
def production() -> Platform:
    rendering = rendered("production")
    objects = [dict(one) for one in deepcopy(rendering.objects)]
    return Platform(rendering.environment, rendering.services, objects)


@pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)
def test_no_finding_is_unacknowledged(environment: str) -> None:
    assert rendered(environment).report.unacknowledged == ()


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ("development", []),
        ("staging", []),
        ("production", [("budget-leaves-room-to-drain", "data-export")]),
    ],
)
def test_one_finding_is_acknowledged(environment: str, expected: list[tuple[str, str]]) -> None:
    """The product runs data-export at one replica with a budget of one: its drain recipe stands in the spec."""
    acknowledged = rendered(environment).report.acknowledged
    assert [(one.finding.rule, one.finding.subject) for one in acknowledged] == expected


def _set(value: object, kind: str, name: str, *way: str | int) -> Callable[[Platform], None]:
    """Return what puts a value somewhere into an object. Raises KeyError where nothing stood before."""

    def change(platform: Platform) -> None:
        holder: Any = platform.one(kind, name)
        for key in way[:-1]:
            holder = holder[key]
        if holder[way[-1]] == value:
            raise ValueError(f"{way} is {value!r} already")
        holder[way[-1]] = value

    return change


def _remove(kind: str, name: str) -> Callable[[Platform], None]:
    return lambda platform: platform.remove(kind, name)


def _respecify(name: str, **changes: Any) -> Callable[[Platform], None]:
    return lambda platform: platform.respecify(name, **changes)


API = "api-service"
MEDIA = "media-service"
POD = ("spec", "template", "spec")
BREACHES: Mapping[str, tuple[str, Callable[[Platform], None]]] = {
    "aws-names-are-unique": ("cert-manager", lambda platform: platform.add_worker("cert-manager")),
    "budget-keeps-a-called-workload-up": (
        API,
        _set({"maxUnavailable": 3, "selector": {"matchLabels": {"app": API}}}, "PodDisruptionBudget", API, "spec"),
    ),
    "budget-leaves-room-to-drain": (API, _set(3, "PodDisruptionBudget", API, "spec", "minAvailable")),
    "called-workloads-outlive-a-pod": (API, _set(1, "HorizontalPodAutoscaler", API, "spec", "minReplicas")),
    "callees-exist": (API, _respecify(API, calls=("medai-service",))),
    "calls-form-no-cycle": (API, _respecify(MEDIA, calls=(API,))),
    "every-workload-is-complete": (API, _remove("Sidecar", API)),
    "grace-covers-the-longest-work": (MEDIA, _set("301s", "VirtualService", MEDIA, "spec", "http", 0, "timeout")),
    "labels-are-valid": (API, _set("v" * 64, "Deployment", API, "spec", "template", "metadata", "labels", "version")),
    "limit-range-admits-every-container": (
        MEDIA,
        _set("1", "LimitRange", "containers", "spec", "limits", 0, "max", "cpu"),
    ),
    "mesh-hosts-exist": (API, _set("nobody", "DestinationRule", API, "spec", "host")),
    "names-are-short-and-unique": (API, lambda platform: platform.objects.append(platform.one("Service", API))),
    "namespace-denies-by-default": ("platform", _remove("AuthorizationPolicy", "allow-nothing")),
    "network-policies-pass-what-is-needed": (API, _remove("NetworkPolicy", API)),
    "node-pools-are-tolerated": (MEDIA, _set([], "Deployment", MEDIA, *POD, "tolerations")),
    "one-autoscaler-per-workload": ("data-export", _remove("ScaledObject", "data-export")),
    "one-budget-per-workload": (API, _remove("PodDisruptionBudget", API)),
    "only-safe-requests-are-repeated": (
        API,
        _set("5xx", "VirtualService", API, "spec", "http", 1, "retries", "retryOn"),
    ),
    "policies-admit-scrapes": (
        API,
        _set(["/metric"], "AuthorizationPolicy", f"{API}-metrics", "spec", "rules", 0, "to", 0, "operation", "paths"),
    ),
    "policies-admit-the-declared-callers": (API, _remove("AuthorizationPolicy", f"{API}-callers")),
    "proxy-closes-idle-connections-first": (
        API,
        _set("5s", "Sidecar", API, "spec", "inboundConnectionPool", "http", "idleTimeout"),
    ),
    "public-hosts-have-their-own-certificate": ("platform", _remove("Certificate", "api-tls")),
    "queues-agree-with-roles": (
        "data-export",
        _set("https://elsewhere", "ScaledObject", "data-export", "spec", "triggers", 0, "metadata", "queueURL"),
    ),
    "quota-admits-a-rollout-at-maximum": (
        "platform",
        _set(101, "HorizontalPodAutoscaler", API, "spec", "maxReplicas"),
    ),
    "references-are-rendered": (API, _remove("ExternalSecret", f"{API}-jwt")),
    "replicas-have-room-to-scale": (API, _set(101, "HorizontalPodAutoscaler", API, "spec", "minReplicas")),
    "rollouts-fit-their-gate": (API, _set(300, "Deployment", API, "spec", "minReadySeconds")),
    "routes-reach-every-caller": (MEDIA, _set(["x/public"], "VirtualService", MEDIA, "spec", "gateways")),
    "runtime-fits-its-resources": (
        API,
        _set("--max-old-space-size=400", "ConfigMap", API, "data", "NODE_OPTIONS"),
    ),
    "scaling-metrics-name-a-container": (
        API,
        _set("app", "HorizontalPodAutoscaler", API, "spec", "metrics", 0, "containerResource", "container"),
    ),
    "selectors-match-one-workload": (
        API,
        _set({"app": "api"}, "Service", API, "spec", "selector"),
    ),
    "service-accounts-agree-with-roles": (
        API,
        _set({}, "ServiceAccount", API, "metadata", "annotations"),
    ),
    "service-monitors-find-their-port": (
        API,
        _set("metrics", "ServiceMonitor", API, "spec", "endpoints", 0, "port"),
    ),
    "service-ports-equal-their-targets": (API, _set(80, "Service", API, "spec", "ports", 0, "port")),
    "spread-fits-the-zones": (
        API,
        _set(["version"], "Deployment", API, *POD, "topologySpreadConstraints", 0, "matchLabelKeys"),
    ),
    "telemetry-providers-exist": (
        "platform",
        _set("jaeger", "Telemetry", "mesh-default", "spec", "tracing", 0, "providers", 0, "name"),
    ),
    "traffic-keeps-to-the-mesh": (API, _set("DISABLE", "DestinationRule", API, "spec", "trafficPolicy", "tls", "mode")),
    "vertical-autoscaler-only-recommends": (
        API,
        _set("Recreate", "VerticalPodAutoscaler", API, "spec", "updatePolicy", "updateMode"),
    ),
    "visibility-outlasts-job-and-grace": (
        "data-export",
        _set(9999, "Deployment", "data-export", *POD, "terminationGracePeriodSeconds"),
    ),
    "volumes-fit-the-disk-limit": (
        MEDIA,
        _set("20Gi", "Deployment", MEDIA, *POD, "volumes", 1, "emptyDir", "sizeLimit"),
    ),
}
"""Rule -> whom it is about, and one fact of what is rendered whose change it must see."""


def test_every_rule_has_its_breach() -> None:
    assert BREACHES.keys() == RULES.keys()


@pytest.mark.parametrize("rule", BREACHES)
def test_every_rule_sees_a_breach_in_what_is_rendered(rule: str, production: Platform) -> None:
    """A rule that looks for a field where the charts no longer put it would accept everything."""
    subject, breach = BREACHES[rule]
    before = production.subjects(rule)
    breach(production)
    after = production.subjects(rule)
    assert subject in after
    assert len(after) > len(before)
