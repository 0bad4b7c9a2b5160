"""A workload's configuration: environment variables that follow from its spec."""

import hashlib
import json
from typing import assert_never

from cdk8s_plus_27 import ConfigMap
from constructs import Construct

from api_platform import names
from api_platform.call_graph import Call
from api_platform.context import WorkloadContext
from api_platform.environment import ChartEnvironment
from api_platform.service import (
    METRICS_PORT,
    BucketAccess,
    CacheAccess,
    DatabaseAccess,
    QueueConsumer,
    QueueSender,
    SecretAccess,
    Workload,
)


def configuration(context: WorkloadContext) -> dict[str, str]:
    """Return the workload's environment variables.

    Each part of the spec adds its own; `settings` come last and win, so that an author can overrule one.
    """
    return {
        "ENVIRONMENT": context.environment.name,
        "PORT": str(context.workload.port),
        "METRICS_PORT": str(METRICS_PORT),
        "AWS_REGION": context.environment.region,
        **context.workload.runtime.variables(context.workload.resources),
        **_of_exposure(context.workload),
        **_of_needs(context),
        **{f"{_variable(call.callee)}_URL": _url(context.environment, call) for call in context.callees},
        **context.workload.settings,
    }


def configuration_hash(context: WorkloadContext) -> str:
    """Return a digest of the configuration: in the pod's annotations it makes a change roll the pods."""
    text = json.dumps(configuration(context), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def config_map(scope: Construct, context: WorkloadContext) -> ConfigMap:
    """Create the workload's configuration."""
    return ConfigMap(
        scope,
        f"config-map-{context.name}",
        data=configuration(context),
        metadata=context.metadata(),
    )


def _of_exposure(workload: Workload) -> dict[str, str]:
    return {"REQUEST_TIMEOUT_SECONDS": str(workload.exposure.timeout_seconds)} if workload.exposure else {}


def _of_needs(context: WorkloadContext) -> dict[str, str]:
    variables: dict[str, str] = {}
    for need in context.workload.uses:
        match need:
            case QueueConsumer():
                variables["QUEUE_URL"] = names.queue_url(context.environment, context.name)
                variables["LONGEST_JOB_SECONDS"] = str(need.longest_job_seconds)
            case QueueSender(queue=queue):
                variables[f"{_variable(queue)}_QUEUE_URL"] = names.queue_url(context.environment, queue)
            case BucketAccess(bucket=bucket):
                variables[f"{_variable(bucket)}_BUCKET"] = names.bucket_name(context.environment, bucket)
            case CacheAccess():
                variables["CACHE_HOST"] = names.cache_host(context.environment)
            case DatabaseAccess() | SecretAccess():
                pass  # mounted as files, the database's address with its password
            case _:
                assert_never(need)
    return variables


def _url(environment: ChartEnvironment, call: Call) -> str:
    return f"http://{names.mesh_host(environment, call.callee)}:{call.port}"


def _variable(name: str) -> str:
    return name.upper().replace("-", "_")
