"""What can go wrong at the edge and in the ground, as production's Prometheus would see it, and who must be told.

The series are spelled out as Istio's gateway, istiod, cert-manager, KEDA and External Secrets publish them. Until
minute 60 all is well, and the outage lasts from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.observability.scenario import absent, counter, gauge, series

HOUR = 60
"""Minutes before an outage begins, and for which it lasts."""
_GATEWAY = {
    "reporter": "source",
    "source_workload": "istio-ingressgateway",
    "source_workload_namespace": "istio-ingress",
    "request_protocol": "http",
    "connection_security_policy": "unknown",
    "namespace": "istio-ingress",
    "container": "istio-proxy",
    "pod": "istio-ingressgateway-6f7d-k9x2v",
}
_POD = {
    "reporter": "destination",
    "destination_workload_namespace": "production",
    "connection_security_policy": "mutual_tls",
    "request_protocol": "http",
    "namespace": "production",
    "container": "istio-proxy",
}
_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Outage:
    """One outage, and the alerts that production must fire in it."""

    name: str
    series: Mapping[str, str]
    """Beside those of a healthy hour, which it replaces where they are the same."""
    told: frozenset[str]
    """The alerts that fire at some time in it: `<name> <severity>`."""


def at_gateway(
    code: str, flags: str = "-", *, service: str = "api-service", reached: bool = True, metric: str = "", **labels: str
) -> str:
    """Return a series of the gateway. Where no pod was reached, Istio knows the called Service and nothing more."""
    workload = {"destination_workload": service, "destination_workload_namespace": "production"}
    namespace = "production" if reached else "unknown"
    return series(
        metric or "istio_requests_total",
        **_GATEWAY,
        **(workload if reached else dict.fromkeys(workload, "unknown")),
        destination_service=f"{service}.production.svc.cluster.local",
        destination_service_name=service,
        destination_service_namespace=namespace,
        response_code=code,
        response_flags=flags,
        **labels,
    )


def without_a_route(code: str = "404", flags: str = "NR") -> str:
    """Return the series of what the gateway answers before it knows whom is called."""
    unknown = ("destination_workload", "destination_workload_namespace", "destination_service")
    labels = dict.fromkeys((*unknown, "destination_service_name", "destination_service_namespace"), "unknown")
    return series("istio_requests_total", **_GATEWAY, **labels, response_code=code, response_flags=flags)


def at_pod(
    code: str,
    flags: str = "-",
    *,
    service: str = "api-service",
    caller: str = "istio-ingressgateway",
    metric: str = "",
    **labels: str,
) -> str:
    """Return a series of the called pod's own proxy."""
    return series(
        metric or "istio_requests_total",
        **_POD,
        source_workload=caller,
        destination_workload=service,
        response_code=code,
        response_flags=flags,
        **labels,
    )


def hang_ups(waited: float, samples: str) -> dict[str, str]:
    """Return the gateway's histogram of callers that hung up after so many milliseconds; `samples`: how many."""
    name, zero = "istio_request_duration_milliseconds", counter((0, 2 * HOUR))
    buckets = {
        at_gateway("0", "DC", metric=f"{name}_bucket", le=le): samples if waited <= float(le) else zero
        for le in ("1000", "5000", "10000", "30000", "+Inf")
    }
    return {**buckets, at_gateway("0", "DC", metric=f"{name}_count"): samples, at_gateway("0", "DC"): samples}


def available(namespace: str, deployment: str) -> str:
    """Return a series of kube-state-metrics."""
    return series(
        "kube_deployment_status_replicas_available",
        namespace=namespace,
        deployment=deployment,
        instance="10.0.0.1:8080",
    )


def scraped(namespace: str) -> str:
    """Return whether Prometheus gets an answer from a target of this namespace."""
    return series("up", namespace=namespace, instance="10.0.0.2:15090")


def certificate(metric: str, **labels: str) -> str:
    """Return a series of cert-manager, whose own namespace is the target's."""
    names = {"name": "api-tls", "exported_namespace": "istio-ingress", "namespace": "cert-manager"}
    return series(metric, **names, issuer_name="public", issuer_kind="ClusterIssuer", **labels)


def scaler_errors(pod: str = "keda-operator-1") -> str:
    """Return KEDA's counter of one queue."""
    return series(
        "keda_scaler_detail_errors_total",
        namespace="keda",
        exported_namespace="production",
        scaledObject="media-processor",
        scaler="awsSqsQueueScaler",
        triggerIndex="0",
        metric="s0-aws-sqs-production-media-processor",
        type="scaledobject",
        pod=pod,
    )


def secret(status: str) -> str:
    """Return External Secrets' gauge of one secret's condition Ready."""
    return series(
        "externalsecret_status_condition",
        name="api-service-database",
        namespace="external-secrets",
        exported_namespace="production",
        condition="Ready",
        status=status,
    )


def rejects() -> str:
    """Return istiod's counter, which does not exist before the first refusal."""
    return series("pilot_total_xds_rejects", type="lds", namespace="istio-system", pod="istiod-7c9f-b4x6q")


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
