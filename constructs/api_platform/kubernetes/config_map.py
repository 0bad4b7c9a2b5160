"""A workload's configuration: environment variables that follow from its spec."""

import hashlib
import json

from cdk8s import ApiObjectMetadata
from cdk8s_plus_27 import ConfigMap
from constructs import Construct

from api_platform import names
from api_platform.call_graph import Call, CallGraph
from api_platform.environment import Environment
from api_platform.labels import standard_labels
from api_platform.service import METRICS_PORT, BucketAccess, CacheAccess, QueueConsumer, QueueSender, Service, Workload


def configuration(environment: Environment, workload: Workload, graph: CallGraph) -> dict[str, str]:
    """Return the workload's environment variables.

    Each part of the spec adds its own; `settings` come last and win, so that an author can overrule one.
    """
    return {
        "ENVIRONMENT": environment.name,
        "PORT": str(workload.port),
        "METRICS_PORT": str(METRICS_PORT),
        "AWS_REGION": environment.region,
        **workload.runtime.variables(workload.resources),
        **_of_exposure(workload),
        **_of_needs(environment, workload),
        **{f"{_variable(call.callee)}_URL": _url(environment, call) for call in graph.callees_of(workload.name)},
        **workload.settings,
    }


def configuration_hash(environment: Environment, workload: Workload, graph: CallGraph) -> str:
    """Return a digest of the configuration: in the pod's annotations it makes a change roll the pods."""
    text = json.dumps(configuration(environment, workload, graph), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def config_map(
    scope: Construct, environment: Environment, service: Service, workload: Workload, graph: CallGraph
) -> ConfigMap:
    """Create the workload's configuration."""
    return ConfigMap(
        scope,
        f"config-map-{workload.name}",
        data=configuration(environment, workload, graph),
        metadata=ApiObjectMetadata(
            name=workload.name,
            namespace=names.namespace(environment),
            labels=standard_labels(service, workload),
        ),
    )


def _of_exposure(workload: Workload) -> dict[str, str]:
    return {"REQUEST_TIMEOUT_SECONDS": str(workload.exposure.timeout_seconds)} if workload.exposure else {}


def _of_needs(environment: Environment, workload: Workload) -> dict[str, str]:
    variables: dict[str, str] = {}
    for need in workload.uses:
        match need:
            case QueueConsumer():
                variables["QUEUE_URL"] = names.queue_url(environment, workload.name)
                variables["LONGEST_JOB_SECONDS"] = str(need.longest_job_seconds)
            case QueueSender(queue=queue):
                variables[f"{_variable(queue)}_QUEUE_URL"] = names.queue_url(environment, queue)
            case BucketAccess(bucket=bucket):
                variables[f"{_variable(bucket)}_BUCKET"] = names.bucket_name(environment, bucket)
            case CacheAccess():
                variables["CACHE_HOST"] = names.cache_host(environment)
            case _:
                pass  # the database's address comes with its password, as a file
    return variables


def _url(environment: Environment, call: Call) -> str:
    return f"http://{names.mesh_host(environment, call.callee)}:{call.port}"


def _variable(name: str) -> str:
    return name.upper().replace("-", "_")
