"""The values that a platform team would write for the Helm charts: the same facts as our specs and environment files.

They are made from those, so that the charts always render what the specs say, whatever a fork changes in them.
"""

from typing import Any

from api_platform.access import workload_role
from api_platform.call_graph import CallGraph
from api_platform.environment import Environment
from api_platform.manifests.rendering import Rendering
from api_platform.observability.alert_rules import TIGHT_BUDGET_RULE
from api_platform.observability.vantage import patience_milliseconds
from api_platform.service import (
    BucketAccess,
    BusinessMetric,
    CacheAccess,
    Exposure,
    MinAvailable,
    QueueScaling,
    QueueSender,
    Resources,
    Service,
    Workload,
)

Values = dict[str, Any]


def environment_values(environment: Environment) -> Values:
    """Return what all releases of an environment share."""
    return {
        "global": {
            "environment": environment.name,
            "account": environment.account,
            "region": environment.region,
            "domain": environment.domain,
            "networkCidr": environment.network_cidr,
            "runbooksUrl": environment.runbooks_url,
            "kubernetesVersion": environment.kubernetes_version,
            "verticalPodAutoscaler": environment.vertical_pod_autoscaler,
            "whenZonesAreUneven": environment.choose(
                development="ScheduleAnyway", staging="DoNotSchedule", production="DoNotSchedule"
            ),
        }
    }


def platform_values(rendering: Rendering) -> Values:
    """Return the values of what an environment's services share; its sums, which a team would type, are ours."""
    environment = rendering.environment
    (quota,) = (one["spec"]["hard"] for one in rendering.objects if one["kind"] == "ResourceQuota")
    (limits,) = (one["spec"]["limits"] for one in rendering.objects if one["kind"] == "LimitRange")
    (issuer,) = (one["spec"]["acme"] for one in rendering.objects if one["kind"] == "ClusterIssuer")
    exposures = [workload.exposure for service in rendering.services for workload in service.workloads]
    return {
        "platform": {
            "enabled": True,
            "hostedZoneId": environment.hosted_zone_id,
            "operationsEmail": environment.operations_email,
            "certificateDirectory": issuer["server"],
            "tracingPercent": environment.choose(development=100, staging=10, production=1),
            "publicHosts": [exposure.subdomain for exposure in exposures if exposure and exposure.subdomain],
            "quota": {key: value for key, value in quota.items() if not key.startswith("services.")},
            "maximum": limits[0]["max"],
        }
    }


def service_values(environment: Environment, service: Service, graph: CallGraph) -> Values:
    """Return the values of one service's release."""
    return {
        "workloads": [_workload(environment, workload, graph) for workload in service.workloads],
        "businessMetrics": [_metric(metric) for metric in service.metrics],
    }


def _workload(environment: Environment, workload: Workload, graph: CallGraph) -> Values:
    minimal: Values = {
        "name": workload.name,
        "image": workload.image.model_dump(exclude_none=True),
        "port": workload.port,
        "user": workload.user,
        "keepAliveSeconds": workload.runtime.keep_alive_seconds,
        "startupAttempts": workload.startup_attempts,
        "resources": _resources(workload.resources),
        "minReplicas": workload.scaling.minimum,
        "maxReplicas": workload.scaling.maximum,
        _budget_field(workload): workload.budget.pods,
        "budgetMayBlock": TIGHT_BUDGET_RULE in workload.acknowledged,
        "terminationGracePeriodSeconds": workload.grace_seconds,
        "hasRole": workload_role(environment, workload) is not None,
        "cache": bool(workload.needs(CacheAccess)),
        "config": _config(workload),
    }
    optional: Values = {
        "http": _http(workload.exposure),
        "queue": _queue(workload),
        "nodePool": workload.node_pool,
        "scratch": str(workload.scratch) if workload.scratch else None,
        "secrets": list(workload.secrets),
        "sendsTo": [need.queue for need in workload.needs(QueueSender)],
        "buckets": [need.bucket for need in workload.needs(BucketAccess)],
        "calls": [{"name": call.callee, "port": call.port} for call in graph.callees_of(workload.name)],
        "callers": list(graph.callers_of(workload.name)),
    }
    return {**minimal, **{key: value for key, value in optional.items() if value}}


def _config(workload: Workload) -> Values:
    derived = workload.runtime.variables(workload.resources)
    return {key: value for key, value in {**derived, **workload.settings}.items() if key != "KEEP_ALIVE_SECONDS"}


def _budget_field(workload: Workload) -> str:
    return "minAvailable" if isinstance(workload.budget, MinAvailable) else "maxUnavailable"


def _http(exposure: Exposure | None) -> Values | None:
    if exposure is None:
        return None
    values = {
        "subdomain": exposure.subdomain,
        "timeoutSeconds": exposure.timeout_seconds,
        "retryAttempts": exposure.retry_attempts,
        "consecutiveErrors": exposure.consecutive_errors,
        "availabilityPercent": exposure.objectives.availability_percent,
        "p95LatencyMilliseconds": exposure.objectives.p95_latency_milliseconds,
        "patienceMilliseconds": patience_milliseconds(exposure),
    }
    return {key: value for key, value in values.items() if value is not None}


def _queue(workload: Workload) -> Values | None:
    if workload.consumer is None or not isinstance(workload.scaling, QueueScaling):
        return None
    return {
        "messagesPerPod": workload.scaling.messages_per_pod,
        "longestJobSeconds": workload.consumer.longest_job_seconds,
    }


def _metric(metric: BusinessMetric) -> Values:
    values: Values = {"name": metric.name, "help": metric.help, "query": metric.query}
    if metric.alert:
        values["alert"] = {
            "above": metric.alert.above,
            "forMinutes": metric.alert.for_minutes,
            "severity": metric.alert.severity,
        }
    return values


def _resources(resources: Resources) -> Values:
    disk = str(resources.ephemeral_storage)
    return {
        "requests": {"cpu": str(resources.cpu), "memory": str(resources.memory), "ephemeral-storage": disk},
        "limits": {"cpu": str(resources.cpu_limit), "memory": str(resources.memory_limit), "ephemeral-storage": disk},
    }
