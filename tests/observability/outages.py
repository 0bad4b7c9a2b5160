"""What can go wrong at the edge and in the ground, as production's Prometheus would see it, and who must be told.

Until minute 60 all is well, and the outage lasts from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.observability.ground_series import (
    HOUR,
    at_gateway,
    at_pod,
    available,
    certificate,
    hang_ups,
    rejects,
    scaler_errors,
    scraped,
    secret,
    without_a_route,
)
from tests.observability.samples import absent, counter, gauge

_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Outage:
    """One outage, and the alerts that production must fire in it."""

    name: str
    series: Mapping[str, str]
    """Beside those of a healthy hour, which it replaces where they are the same."""
    told: frozenset[str]
    """The alerts that fire at some time in it: `<name> <severity>`."""


_EXPIRY = "certmanager_certificate_expiration_timestamp_seconds"
_READY = "certmanager_certificate_ready_status"
GROUND = {
    ("istio-ingress", "istio-ingressgateway"): 3,
    ("istio-system", "istiod"): 2,
    ("keda", "keda-operator"): 2,
    ("keda", "keda-operator-metrics-apiserver"): 1,
    ("cert-manager", "cert-manager"): 1,
    ("external-secrets", "external-secrets"): 1,
    ("production", "api-service"): 3,
    ("production", "media-service"): 2,
}
"""Namespace and Deployment -> replicas that are available."""


def healthy(minutes: int) -> dict[str, str]:
    """Return a time in which nobody need be told: it has its bots, its impatient callers and its mistyped passwords."""
    return {
        at_gateway("200"): counter((10, minutes)),
        at_gateway("403"): counter((0.3, minutes)),
        at_gateway("503", "UF", reached=False): counter((0.001, minutes)),
        at_gateway("200", service="media-service"): counter((2, minutes)),
        without_a_route(): counter((0.5, minutes)),
        without_a_route("301", "-"): counter((1, minutes)),
        **hang_ups(800, counter((0.5, minutes))),
        at_pod("200"): counter((10, minutes)),
        at_pod("403"): counter((0.3, minutes)),
        at_pod("0", "DC"): counter((0.5, minutes)),
        at_pod("200", service="media-service"): counter((2, minutes)),
        at_pod("200", service="media-service", caller="api-service"): counter((1, minutes)),
        **{available(*where): gauge((replicas, minutes)) for where, replicas in GROUND.items()},
        **{scraped(namespace): gauge((1, minutes)) for namespace, _ in GROUND},
        certificate(_EXPIRY): gauge((60 * _DAY, minutes)),
        certificate(_READY, condition="True"): gauge((1, minutes)),
        certificate(_READY, condition="False"): gauge((0, minutes)),
        certificate(_READY, condition="Unknown"): gauge((0, minutes)),
        scaler_errors(): counter((0, minutes)),
        secret("True"): gauge((1, minutes)),
        secret("False"): gauge((0, minutes)),
    }


def ceased(per_second: float) -> str:
    """Return a counter that goes on for an hour, and then stands still."""
    return counter((per_second, HOUR), (0, HOUR))


def begun(per_second: float) -> str:
    """Return a counter that is born after an hour."""
    return f"{absent(HOUR)} {counter((per_second, HOUR))}"


_NOBODY_IS_SERVED = {at_gateway("200"): ceased(10), at_pod("200"): ceased(10)}
_BURNS = frozenset({"ErrorBudgetBurnsFast critical", "ErrorBudgetBurnsSlowly warning"})
_POD_HANGS = {
    at_pod("0", "DC"): counter((0.5, HOUR), (10, HOUR)),
    **{
        at_pod("0", "DC", metric="istio_request_duration_milliseconds_bucket", le=le): begun(10 if le == "+Inf" else 0)
        for le in ("500", "5000", "10000", "30000", "+Inf")
    },
}
OUTAGES = (
    Outage(
        "every call hangs until the gateway gives up",
        {**_NOBODY_IS_SERVED, at_gateway("504", "UT"): begun(10), **_POD_HANGS},
        _BURNS | {"LatencyAboveObjective warning"},
    ),
    Outage(
        "every call hangs until the caller gives up",
        {**_NOBODY_IS_SERVED, **hang_ups(10_050, begun(10)), **_POD_HANGS},
        _BURNS | {"LatencyAboveObjective warning"},
    ),
    Outage(
        "the gateway answers 503 by itself: no healthy upstream",
        {**_NOBODY_IS_SERVED, at_gateway("503", "UH", reached=False): begun(10)},
        _BURNS,
    ),
    Outage(
        "the gateway cannot connect: one side of mutual TLS is off",
        {**_NOBODY_IS_SERVED, at_gateway("503", "URX,UF", reached=False): begun(10)},
        _BURNS,
    ),
    Outage(
        "no gateway pod is available",
        {**_NOBODY_IS_SERVED, available("istio-ingress", "istio-ingressgateway"): gauge((3, HOUR), (0, HOUR))},
        frozenset({"ComponentUnavailable critical"}),
    ),
    Outage(
        "the gateway's Deployment is gone",
        {**_NOBODY_IS_SERVED, available("istio-ingress", "istio-ingressgateway"): gauge((3, HOUR))},
        frozenset({"ComponentUnavailable critical"}),
    ),
    Outage(
        "the routes are gone",
        {
            **_NOBODY_IS_SERVED,
            at_gateway("200", service="media-service"): ceased(2),
            without_a_route(): counter((0.5, HOUR), (12, HOUR)),
        },
        frozenset({"GatewayFindsNoRoute critical"}),
    ),
    Outage(
        "a policy turns the world away",
        {**_NOBODY_IS_SERVED, at_gateway("403"): counter((0.3, HOUR), (10, HOUR)), at_pod("403"): begun(10)},
        frozenset({"CallerTurnedAway critical"}),
    ),
    Outage(
        "a policy of the gateway's own turns the world away",
        {**_NOBODY_IS_SERVED, at_gateway("403", reached=False): begun(10), at_pod("403"): ceased(0.3)},
        frozenset({"CallerTurnedAway critical"}),
    ),
    Outage(
        "a policy turns one caller in the mesh away, and serves the others",
        {
            at_pod("200", service="media-service", caller="api-service"): ceased(1),
            at_pod("403", service="media-service", caller="api-service"): begun(1),
        },
        frozenset({"CallerTurnedAway critical"}),
    ),
    Outage(
        "calls inside the mesh fail, and those of the world do not",
        {
            at_pod("200", service="media-service", caller="api-service"): ceased(1),
            at_pod("500", service="media-service", caller="api-service"): begun(1),
        },
        _BURNS,
    ),
    Outage(
        "nobody looks at cert-manager any more",
        {
            scraped("cert-manager"): gauge((1, HOUR)),
            **{
                certificate(_READY, condition=one): gauge((one == "True", HOUR)) for one in ("True", "False", "Unknown")
            },
        },
        frozenset({"ComponentUnseen warning"}),
    ),
    Outage(
        "the gateway does not answer Prometheus",
        {scraped("istio-ingress"): gauge((1, HOUR), (0, HOUR))},
        frozenset({"ComponentUnseen warning"}),
    ),
    Outage(
        "a certificate is not renewed",
        {certificate(_EXPIRY): gauge((19 * _DAY, 2 * HOUR))},
        frozenset({"CertificateExpiresSoon warning"}),
    ),
    Outage(
        "a certificate has expired",
        {
            certificate(_EXPIRY): gauge((HOUR * 60, 2 * HOUR)),
            certificate(_READY, condition="True"): gauge((1, HOUR), (0, HOUR)),
            certificate(_READY, condition="False"): gauge((0, HOUR), (1, HOUR)),
        },
        frozenset({"CertificateExpiresSoon warning", "CertificateNotReady critical"}),
    ),
    Outage(
        "cert-manager is gone",
        {
            available("cert-manager", "cert-manager"): gauge((1, HOUR), (0, HOUR)),
            certificate(_EXPIRY): gauge((60 * _DAY, HOUR)),
        },
        frozenset({"ComponentUnavailable warning"}),
    ),
    Outage(
        "istiod is gone",
        {available("istio-system", "istiod"): gauge((2, HOUR), (0, HOUR))},
        frozenset({"ComponentUnavailable critical"}),
    ),
    Outage(
        "a proxy refuses istiod's configuration, once",
        {rejects(): f"{absent(HOUR)} {gauge((1, HOUR))}"},
        frozenset({"ConfigurationRejected warning"}),
    ),
    Outage(
        "KEDA cannot read a queue",
        {scaler_errors(): counter((0, HOUR), (2 / 60, HOUR))},
        frozenset({"ScalerFails warning"}),
    ),
    Outage(
        "a secret cannot be copied",
        {secret("True"): gauge((1, HOUR), (0, HOUR)), secret("False"): gauge((0, HOUR), (1, HOUR))},
        frozenset({"SecretNotSynced warning"}),
    ),
)
