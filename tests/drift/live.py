"""Live objects, as the API server answers them."""

import json
from collections.abc import Mapping
from typing import Any

from api_platform.labels import MANAGED_BY
from api_platform.plan.live_objects import LAST_APPLIED

_CONTAINER = {"name": "orders", "image": "orders:v1", "env": [{"name": "A", "value": "1"}]}
DECLARED: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
        "name": "orders",
        "namespace": "production",
        "labels": {**MANAGED_BY, "app.kubernetes.io/name": "orders"},
    },
    "spec": {
        "paused": False,
        "template": {
            "spec": {"containers": [{"name": "orders", "image": "orders:v1", "env": [{"name": "A", "value": "1"}]}]}
        },
    },
}
CDK = "kubectl-client-side-apply"


def entry(manager: str, fields: Mapping[str, Any], **more: str) -> dict[str, Any]:
    """Return who wrote what."""
    return {"manager": manager, "operation": "Update", "time": "2026-11-01T03:00:00Z", "fieldsV1": fields, **more}


def live(declared: Mapping[str, Any] = DECLARED, *entries: Mapping[str, Any], by: str = CDK) -> dict[str, Any]:
    """Return the object as the cluster holds it, with defaults, right after it was deployed; and these `entries`."""
    found: dict[str, Any] = json.loads(json.dumps(declared))
    found["metadata"] |= {
        "annotations": {
            LAST_APPLIED: json.dumps({**declared, "metadata": {**declared["metadata"], "annotations": {}}})
        },
        "generation": 1,
        "managedFields": [entry(by, {"f:spec": {"f:strategy": {}}}), *entries],
        "resourceVersion": "7",
        "uid": "1",
    }
    if found["kind"] == "Deployment":
        del found["spec"]["paused"]  # false means the same as nothing
        found["spec"]["strategy"] = {"type": "RollingUpdate"}
        found["spec"]["template"]["spec"]["containers"][0]["imagePullPolicy"] = "IfNotPresent"
        found["status"] = {"replicas": 3}
    return found
