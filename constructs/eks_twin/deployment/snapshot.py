"""Takes what the live view shows."""

import lightkube
from httpx2 import HTTPError

from eks_twin.cloud.clients import Clients
from eks_twin.deployment.stacks import stacks
from eks_twin.deployment.view import Snapshot
from eks_twin.deployment.workloads import statuses


def look(clients: Clients, cluster: lightkube.Client, *, prefix: str, namespace: str) -> Snapshot:
    """Return the stacks whose names start with `prefix` and the namespace's workloads; empty where nobody answers."""
    try:
        workloads = statuses(cluster, namespace)
    except (HTTPError, lightkube.ApiError):
        workloads = []
    return Snapshot(stacks(clients, prefix), workloads)
