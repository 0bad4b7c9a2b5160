"""Attaches Kubernetes objects to the cluster: one CloudFormation resource each, wave by wave, then waited for."""

from collections.abc import Sequence
from typing import cast

from aws_cdk import CfnResource, CfnWaitConditionHandle, RemovalPolicy
from aws_cdk import aws_eks_v2 as eks
from constructs import Construct, IConstruct

from api_platform.account_demands import OBJECTS_AT_ONCE
from api_platform.aws.rollouts import wait_for_rollouts
from api_platform.environment_file import ObjectsOwner
from api_platform.manifests.waves import Wave, in_waves
from api_platform.rules.finding import Manifest


def apply_objects(
    scope: Construct,
    cluster: eks.ICluster,
    objects: Sequence[Manifest],
    *,
    owner: ObjectsOwner,
    after: Sequence[IConstruct] = (),
) -> None:
    """Attach the objects to the stack, and wait at its end until every Deployment has rolled out.

    Where Argo CD owns the objects, nothing of them is in the stack.

    `after`: resources of the same stack that the first wave waits for. Raises InputError on a kind that has no wave.
    """
    if owner == "argo-cd":
        CfnWaitConditionHandle(scope, "objects-are-with-argo-cd")  # a stack without any resource cannot be deployed
        return
    done = [_resource(construct) for construct in after]
    for wave, members in in_waves(objects).items():
        gate = _gate(scope, wave, done) if done else None
        applied = [_resource(attach(scope, cluster, manifest, owner)) for manifest in members]
        for number, resource in enumerate(applied):
            before = gate if number < OBJECTS_AT_ONCE else applied[number - OBJECTS_AT_ONCE]
            if before:
                resource.add_resource_dependency(before)
        done = applied[-OBJECTS_AT_ONCE:]
    wait_for_rollouts(scope, cluster, objects, after=done)


def attach(
    scope: Construct, cluster: eks.ICluster, manifest: Manifest, owner: ObjectsOwner = "cdk"
) -> eks.KubernetesManifest:
    """Attach one object.

    The construct's id comes from kind, namespace and name: it stays when others come and go. A namespace may be there
    already, is taken over, and outlives the stack, with all that people keep in it. Nothing else is taken over: if a
    logical id ever changed, CloudFormation would create the object anew and then delete it as the old one. During a
    hand-over all objects are treated as a namespace is: whichever side deploys next finds them, and deletes none.
    """
    shared = manifest["kind"] == "Namespace" or owner == "handover"
    return eks.KubernetesManifest(
        scope,
        object_id(manifest),
        cluster=cluster,
        manifest=[manifest],
        prune=False,
        overwrite=True if shared else None,
        removal_policy=RemovalPolicy.RETAIN if shared else None,
    )


def object_id(manifest: Manifest) -> str:
    """Return what names the object within a cluster, as far as our kinds go: no two API groups share one."""
    metadata = manifest["metadata"]
    return "-".join(part for part in (manifest["kind"], metadata.get("namespace"), metadata["name"]) if part)


def _gate(scope: Construct, wave: Wave, done: Sequence[CfnResource]) -> CfnResource:
    """Create what stands between a wave and all before it: n + m dependencies, where each on each would be n x m."""
    gate = CfnWaitConditionHandle(scope, f"before-{wave.name.lower().replace('_', '-')}")
    for resource in done:
        gate.add_resource_dependency(resource)
    return gate


def _resource(construct: IConstruct) -> CfnResource:
    return cast("CfnResource", construct.node.default_child)
