"""Made-up events of stacks, and what the scenario measured where all is as it should be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from api_platform.proof.delivery.deletion import Deletion
from api_platform.proof.delivery.equality import Diff, Equality
from api_platform.proof.delivery.report import Delivered
from api_platform.proof.delivery.rollback import REFUSAL, Rollback
from api_platform.proof.delivery.stack import StackEvent
from eks_twin.measure.sampling import Recording, Sample, SampledPod
from eks_twin.objects.comparison import AUTHORS, Comparison
from eks_twin.objects.inventory import Key

START = datetime(2026, 11, 23, tzinfo=UTC)
AUTOSCALER, DEPLOYMENT = "HorizontalPodAutoscalerapi4FC39E62", "Deploymentapi1EAC99EC"
KEY = Key("Service", "production", "api-service")


def event(at: float, status: str, resource: str = "") -> StackEvent:
    """Return what happened after so many seconds: to the stack, or to a resource of it."""
    kind = "Custom::AWSCDK-EKS-KubernetesResource" if resource else "AWS::CloudFormation::Stack"
    return StackEvent(START + timedelta(seconds=at), resource, kind, status, "", not resource)


def failed_update() -> Sequence[StackEvent]:
    """Return an update that changes a Deployment, fails at an autoscaler, and is undone."""
    return [
        event(0, "UPDATE_IN_PROGRESS"),
        event(1, "UPDATE_IN_PROGRESS", DEPLOYMENT),
        event(2, "UPDATE_COMPLETE", DEPLOYMENT),
        event(2, "UPDATE_IN_PROGRESS", AUTOSCALER),
        event(3, "UPDATE_FAILED", AUTOSCALER),
        event(4, "UPDATE_ROLLBACK_IN_PROGRESS"),
        event(4, "UPDATE_IN_PROGRESS", DEPLOYMENT),
        event(5, "UPDATE_COMPLETE", DEPLOYMENT),
        event(6, "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"),
        event(6, "UPDATE_ROLLBACK_COMPLETE"),
    ]


def pod(name: str, *, image: str = "old", ready: bool = True) -> SampledPod:
    return SampledPod(name, "api-service", "node", image, ready, leaving=False)


def rollback(**changes: Any) -> Rollback:
    three = tuple(pod(str(number)) for number in range(3))
    samples = [Sample(0, three), Sample(2, (*three, pod("new", image="new", ready=False))), Sample(5, three)]
    said = f"UPDATE_FAILED ({AUTOSCALER})\nspec.maxReplicas: {REFUSAL}"
    whole = Rollback(
        workload="api-service",
        wanted=3,
        old_image="old",
        said=said,
        said_again=said,
        resource=AUTOSCALER,
        status="UPDATE_ROLLBACK_COMPLETE",
        image="old",
        events=failed_update(),
        replaced=[],
        moments=[("refused", 0, 6), ("again", 6, 12), ("mended", 13, 15), ("taken back", 16, 18)],
        next_status="UPDATE_COMPLETE",
        rolled_out=True,
        last_status="UPDATE_COMPLETE",
        recording=Recording(samples, end=20),
    )
    return replace(whole, **changes)


def deletion(**changes: Any) -> Deletion:
    whole = Deletion(
        service="worker-service",
        refusal="Stack [production-worker-service] cannot be deleted while TerminationProtection is enabled",
        status="DELETE_COMPLETE",
        rendered=40,
        dependents=17,
        held=6,
        left=[],
        by_mistake=[],
        roles=["production-worker"],
        roles_gone=["production-worker"],
        queues_gone=[],
        stack_seconds=6,
        cluster_seconds=7,
        ready_again_seconds=13,
        protected_again=True,
    )
    return replace(whole, **changes)


def equality(**changes: Any) -> Equality:
    whole = Equality(found={KEY: Comparison(5, 2, [AUTHORS[0]], [])}, missing=[], strangers=[])
    return replace(whole, **changes)


def delivered(**changes: Any) -> Delivered:
    whole = Delivered(equality(), equality(), Diff(0, "", 1), deletion(), rollback())
    return replace(whole, **changes)
