"""Deletes a service's stack and looks at what is left; then deploys it again."""

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass

from api_platform.charts.identifiers import service_chart_id
from api_platform.manifests.rendering import Rendering
from api_platform.proof.delivery.stack import LiveStack
from api_platform.proof.stage import ProofStage
from eks_twin.measure.waiting import happens_within
from eks_twin.objects.api import ObjectsApi
from eks_twin.objects.inventory import Inventory, Key, dependents, key_of, take

_SECONDS = 60.0
"""For what goes with the objects: the garbage collector works in its own time."""
_ROLE = "AWS::IAM::Role"


@dataclass(frozen=True)
class Deletion:
    """What became of a deletion, and of the deployment after it."""

    service: str
    refusal: str
    """What CloudFormation said while the stack was protected."""
    status: str
    """The stack's, after it."""
    rendered: int
    """Objects that the stack stood for."""
    dependents: int
    """Objects that controllers had made of them."""
    held: int
    """Of both, those with a finalizer: somebody had to let them go."""
    left: Sequence[Key]
    """Of both, those that are still there."""
    by_mistake: Sequence[Key]
    """Others that are gone."""
    roles: Sequence[str]
    """IAM roles that the stack had."""
    roles_gone: Sequence[str]
    queues_gone: Sequence[str]
    stack_seconds: float
    """Until CloudFormation was done."""
    cluster_seconds: float
    """Until the last object was gone."""
    ready_again_seconds: float
    """From the next deployment until all pods were Ready."""
    protected_again: bool


def delete_and_redeploy(stage: ProofStage, api: ObjectsApi, rendering: Rendering, service: str) -> Deletion:
    """Delete the service's stack and deploy it again. Raises TwinError where it does not come back."""
    stack = LiveStack(stage, service)
    before, roles, queues = take(api), _roles(stage), _queues(stage)
    rendered = _rendered(rendering, stage, service, before)
    its_roles = stack.physical_ids(_ROLE)
    going = dependents(before, rendered)
    refusal = stack.delete()
    stack.remove_protection()
    started = time.monotonic()
    stack.delete()
    status = stack.settle()
    stack_seconds = time.monotonic() - started
    happens_within(_SECONDS, lambda: going.isdisjoint(take(api)))
    cluster_seconds = time.monotonic() - started
    after, roles_after, queues_after = take(api), _roles(stage), _queues(stage)
    return Deletion(
        service=service,
        refusal=refusal,
        status=status,
        rendered=len(rendered),
        dependents=len(going) - len(rendered),
        held=sum(bool(before[uid].finalizers) for uid in going),
        left=_keys(before, going & after.keys()),
        by_mistake=_keys(before, before.keys() - after.keys() - going),
        roles=its_roles,
        roles_gone=sorted(roles - roles_after),
        queues_gone=sorted(queues - queues_after),
        stack_seconds=stack_seconds,
        cluster_seconds=cluster_seconds,
        ready_again_seconds=_redeploy(stage, stack),
        protected_again=LiveStack(stage, service).is_protected,
    )


def _redeploy(stage: ProofStage, stack: LiveStack) -> float:
    started = time.monotonic()
    stage.twin.cdk.deploy(stack.path, exclusively=True)
    stage.wait_until_ready()
    return time.monotonic() - started


def _rendered(rendering: Rendering, stage: ProofStage, service: str, inventory: Inventory) -> Set[str]:
    (spec,) = (one for one in stage.services if one.name == service)
    keys = set(map(key_of, rendering.files[service_chart_id(spec)]))
    return {uid for uid, entry in inventory.items() if entry.key in keys}


def _roles(stage: ProofStage) -> Set[str]:
    pages = stage.aws("iam").get_paginator("list_roles").paginate()
    return {role["RoleName"] for page in pages for role in page["Roles"]}


def _queues(stage: ProofStage) -> Set[str]:
    return set(stage.aws("sqs").list_queues().get("QueueUrls", []))


def _keys(inventory: Inventory, uids: Set[str]) -> Sequence[Key]:
    return sorted(inventory[uid].key for uid in uids)
