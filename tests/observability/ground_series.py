"""The series of the edge and of the ground, spelled out as Istio's gateway, istiod, cert-manager, KEDA and External
Secrets publish them, apart from the code that reads them.
"""

from tests.observability.samples import counter
from tests.observability.scenario import series

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
