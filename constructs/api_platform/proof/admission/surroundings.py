"""Broken manifests around the workloads: Services, autoscalers, budgets, the namespace and its classes."""

from collections.abc import Sequence

from api_platform.proof.admission.broken import Broken, broken, broken_change
from api_platform.proof.mesh_analysis.draft import put

_BUDGET = "PodDisruptionBudget api-service"
_AUTOSCALER = "HorizontalPodAutoscaler api-service"
_SERVICE = "Service api-service"
_NETWORK = "NetworkPolicy api-service"
_LIMITS = "LimitRange containers"
_QUOTA = "ResourceQuota services"
_CLASS = "PriorityClass serving"
_DISK = "StorageClass gp3-encrypted"


def broken_surroundings() -> Sequence[Broken]:
    """Return the broken ones of an autoscaler, a budget, a Service and a NetworkPolicy."""
    period = "spec behavior scaleUp policies 0 periodSeconds"
    return (
        broken(
            "A minimum above the maximum",
            "must be greater than or equal to `minReplicas`",
            put(_AUTOSCALER, "spec minReplicas", 1000),
        ),
        broken("A period above half an hour", "must be less than or equal to 1800", put(_AUTOSCALER, period, 3600)),
        broken(
            "A metric without its source",
            "must populate information for the given metric source",
            put(_AUTOSCALER, "spec metrics 0 type", "Resource"),
        ),
        broken(
            "Both minAvailable and maxUnavailable",
            "minAvailable and maxUnavailable cannot be both set",
            put(_BUDGET, "spec maxUnavailable", 1),
        ),
        broken(
            "An unknown eviction policy",
            'unhealthyPodEvictionPolicy: Unsupported value: "Always"',
            put(_BUDGET, "spec unhealthyPodEvictionPolicy", "Always"),
        ),
        broken(
            "A port above 65535", "spec.ports[0].port: Invalid value: 80800", put(_SERVICE, "spec ports 0 port", 80800)
        ),
        broken(
            "Two ports of one name",
            'spec.ports[1].name: Duplicate value: "http-metrics"',
            put(_SERVICE, "spec ports 0 name", "http-metrics"),
        ),
        broken(
            "A load balancer, of which the quota has none",
            "exceeded quota: services, requested: services.loadbalancers=1",
            put(_SERVICE, "spec type", "LoadBalancer"),
        ),
        broken(
            "A range of addresses that is none",
            "must be a valid CIDR value",
            put(_NETWORK, "spec egress 4 to 0 ipBlock cidr", "10.0.0.0/33"),
        ),
        broken(
            "A direction that is none",
            'spec.policyTypes[0]: Unsupported value: "Inbound"',
            put(_NETWORK, "spec policyTypes 0", "Inbound"),
        ),
    )


def broken_namespaces(namespace: str) -> Sequence[Broken]:
    """Return the broken ones of this Namespace, its quota and limits, and of the cluster's classes."""
    level = "metadata labels pod-security.kubernetes.io/enforce"
    return (
        broken(
            "A level of Pod Security that is none",
            "must be one of privileged, baseline, restricted",
            put(f"Namespace {namespace}", level, "strict"),
        ),
        broken(
            "A quota on what nobody counts",
            "must be a standard resource for quota",
            put(_QUOTA, "spec hard requests.gpus", "1"),
        ),
        broken(
            "A default above the maximum",
            "default value 64Gi is greater than max value",
            put(_LIMITS, "spec limits 0 default memory", "64Gi"),
        ),
        broken(
            "A priority of the system's own",
            "maximum allowed value of a user defined priority is 1000000000",
            put(_CLASS, "value", 2_000_000_000),
        ),
        broken_change(
            "Another priority for a live class",
            "value: Forbidden: may not be changed in an update",
            put(_CLASS, "value", 90_000),
        ),
        broken_change(
            "Another disk for a live class",
            'parameters: Invalid value: {"encrypted":"true","type":"gp2"}: field is immutable',
            put(_DISK, "parameters type", "gp2"),
        ),
        broken(
            "A disk that is neither kept nor deleted",
            'reclaimPolicy: Unsupported value: "Keep"',
            put(_DISK, "reclaimPolicy", "Keep"),
        ),
    )
