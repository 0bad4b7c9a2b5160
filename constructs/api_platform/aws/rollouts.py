"""Waits for rollouts: CloudFormation is content once the API server has taken a Deployment, though its pods crash.

Each Deployment gets three gates, values that the CDK's kubectl function reads of it: it asks every ten seconds until
kubectl prints something. The first waits until the change was seen, the second until the rollout is done or given up,
the third looks once whether it is done. Where a gate fails the stack is rolled back, and the old pods, which went on
serving, stay.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Final, cast

from aws_cdk import CfnResource, Duration
from aws_cdk import aws_eks_v2 as eks
from constructs import Construct

from api_platform.rules.finding import Manifest
from api_platform.service.rollout import CONTEXT_KEY, GATE_SECONDS, LOOKS, SEES, WAITS, wait_seconds

# kubectl's JSONPath compares two fields of an item, and but one such pair: so what was seen has a gate of its own.
_SEEN: Final = ".items[?(@.metadata.generation==@.status.observedGeneration)].metadata.name"
_REASON: Final = '.status.conditions[?(@.reason=="{}")].reason'
_DONE: Final = (
    # The condition by itself can be that of the rollout before: on the way back to pods that are still in the history,
    # it stays until the first of them is there, and for good where none may be created.
    f".items[?(@.status.updatedReplicas==@.status.replicas)]{_REASON.format('NewReplicaSetAvailable')}"
    # Nothing that is zero has a field in a status.
    "}{.items[?(@.spec.replicas==0)].metadata.name"
)
"""Two templates: the function puts braces around it, and kubectl prints the one and the other."""
_DONE_OR_GIVEN_UP: Final = f"{_DONE}}}{{.items[*]{_REASON.format('ProgressDeadlineExceeded')}"


def rollout_wait_seconds(scope: Construct) -> int:
    """Return how long a gate waits: as the context says, or 14 minutes. Raises InputError on what is not possible."""
    given = scope.node.try_get_context(CONTEXT_KEY)
    return GATE_SECONDS if given is None else wait_seconds(given)


def wait_for_rollouts(
    scope: Construct, cluster: eks.ICluster, objects: Sequence[Manifest], *, after: Sequence[CfnResource]
) -> None:
    """Add the gates of the Deployments among the objects, one after another. `after`: what the first one waits for."""
    seconds = rollout_wait_seconds(scope)
    gates = ((SEES, _SEEN, seconds), (WAITS, _DONE_OR_GIVEN_UP, seconds), (LOOKS, _DONE, 1))
    for deployment in (one for one in objects if one["kind"] == "Deployment"):
        for kind, json_path, longest in gates:
            gate = _gate(scope, cluster, deployment, kind, json_path=json_path, seconds=longest)
            for resource in after:
                gate.add_resource_dependency(resource)
            after = [gate]


def _gate(
    scope: Construct, cluster: eks.ICluster, deployment: Manifest, kind: str, *, json_path: str, seconds: int
) -> CfnResource:
    """Create one gate.

    Its id has a hash of all that it waits for, so that a change makes a new resource, which a rollback deletes: that
    cannot fail. Changed in place, it would wait on the way back, too, and could end in UPDATE_ROLLBACK_FAILED.
    """
    name = deployment["metadata"]["name"]
    asked = {
        "object_type": "deployments.apps",
        # Makes kubectl answer with a list, of whose items its JSONPath can compare two fields.
        "object_name": f"--field-selector=metadata.name={name}",
        "object_namespace": deployment["metadata"]["namespace"],
        "json_path": json_path,
    }
    everything = json.dumps([deployment["spec"]["template"], asked, seconds], sort_keys=True)
    construct_id = f"{kind}-{name}-{hashlib.sha256(everything.encode()).hexdigest()[:10]}"
    value = eks.KubernetesObjectValue(scope, construct_id, cluster=cluster, timeout=Duration.seconds(seconds), **asked)
    return cast("CfnResource", cast("Construct", value.node.default_child).node.default_child)
