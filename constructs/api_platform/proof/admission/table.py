"""All broken manifests.

Only what the API server itself refuses is among them: by decoding, validation, its own admission and the definitions'
schemas and rules. What Istio's and KEDA's webhooks would refuse is not: neither runs on the twin.
"""

from collections.abc import Mapping, Sequence

from api_platform.proof.admission.broken import Broken
from api_platform.proof.admission.mesh_objects import broken_mesh_policies, broken_routes
from api_platform.proof.admission.operators_objects import broken_monitoring, broken_scaling, broken_secrets
from api_platform.proof.admission.pods import unaffordable_pods
from api_platform.proof.admission.surroundings import broken_namespaces, broken_surroundings
from api_platform.proof.admission.workloads import broken_workloads


def broken_manifests(namespace: str) -> Mapping[str, Sequence[Broken]]:
    """Return them by what the objects are for. The objects are those of the environment in this namespace."""
    return {
        "Workloads": broken_workloads(),
        "Their pods": unaffordable_pods(),
        "Around workloads": broken_surroundings(),
        "Namespace, classes": broken_namespaces(namespace),
        "Routes": broken_routes(),
        "Mesh policies": broken_mesh_policies(),
        "Queue scaling": broken_scaling(),
        "Secrets, certificates": broken_secrets(),
        "Monitoring": broken_monitoring(),
    }
