"""Waits until workloads are Ready, and says which are not: CloudFormation is content once the API server took them."""

import time

import lightkube
from lightkube.models.core_v1 import ContainerStatus
from lightkube.resources.core_v1 import Pod

from eks_twin.deployment.workloads import WorkloadStatus, statuses
from eks_twin.errors import TwinError, command

_GLANCE_SECONDS = 0.25
_SHOWN_PODS = 3
_SETTLED_SECONDS = 1.0
"""An autoscaler sees a new Deployment only after a moment, and may then want more pods."""


def wait_until_ready(client: lightkube.Client, seconds: float, namespace: str = "*") -> list[WorkloadStatus]:
    """Return when every workload is Ready, and stays so for a moment. `namespace`: only its. Default: all.

    Raises TwinError after `seconds`, with the workloads that are not, their pods' own reasons, and what still serves.
    """
    deadline = time.monotonic() + seconds
    ready_since: float | None = None
    while True:
        found, now = statuses(client, namespace), time.monotonic()
        if not all(status.is_ready for status in found):
            ready_since = None
        elif ready_since is None:
            ready_since = now
        elif now - ready_since >= _SETTLED_SECONDS:
            return found
        if now > deadline:
            raise TwinError(_complaint(client, found, seconds))
        time.sleep(_GLANCE_SECONDS)


def _complaint(client: lightkube.Client, found: list[WorkloadStatus], seconds: float) -> str:
    parts = [_about(client, status) for status in found if not status.is_ready]
    return "\n".join([f"not Ready after {seconds:.0f} s:", *parts, f"Look closer: {command()} status"])


def _about(client: lightkube.Client, status: WorkloadStatus) -> str:
    serving = f"{status.ready} of {status.wanted} pods Ready, {status.updated} of them from {status.image}"
    pods = client.list(Pod, namespace=status.namespace, labels=dict(status.selector))
    reasons = sorted({reason for pod in pods for reason in _reasons(pod)})
    if len(reasons) > _SHOWN_PODS:
        reasons = [*reasons[:_SHOWN_PODS], f"and {len(reasons) - _SHOWN_PODS} pods more"]
    return "\n  ".join([f"{status.name}: {serving}", *([status.problem] if status.problem else []), *reasons])


def _reasons(pod: Pod) -> list[str]:
    if pod.status is None or pod.metadata is None:
        return []
    name = pod.metadata.name
    unscheduled = [
        f"{name}: {condition.message}"
        for condition in pod.status.conditions or []
        if condition.type == "PodScheduled" and condition.status == "False"
    ]
    return unscheduled or [
        f"{name}: {one.name} is not Ready ({_state(one)}), image {one.image}"
        for one in pod.status.containerStatuses or []
        if not one.ready
    ]


def _state(container: ContainerStatus) -> str:
    state = container.state
    if state and state.waiting:
        return f"waiting: {state.waiting.reason}"
    return "running" if state and state.running else "not started"
