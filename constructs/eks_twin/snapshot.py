"""Takes what the live view shows."""

import lightkube
from botocore.exceptions import BotoCoreError
from httpx2 import HTTPError

from eks_twin.deployment.stacks import StackStatus, stacks
from eks_twin.deployment.view import Snapshot
from eks_twin.deployment.workloads import WorkloadStatus, statuses
from eks_twin.kubernetes_clients import connect
from eks_twin.twin import Twin


def look(twin: Twin) -> Snapshot:
    """Return all stacks and workloads of the twin; without those of whoever does not answer at the moment."""
    return Snapshot(_stacks(twin), _workloads(twin))


def _stacks(twin: Twin) -> list[StackStatus]:
    try:
        return [stack for place in twin.places for stack in stacks(twin.clients(place))]
    except BotoCoreError:  # nobody there; what AWS refuses is a fault, and is not hidden
        return []


def _workloads(twin: Twin) -> list[WorkloadStatus]:
    try:
        homes = [twin.home.of_cluster(cluster) for cluster in twin.home.clusters]
        return [status for home in homes if home.kubeconfig.exists() for status in statuses(connect(home))]
    except (HTTPError, lightkube.ApiError):
        return []
