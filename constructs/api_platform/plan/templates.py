"""Takes a template apart: the Kubernetes objects in it, and what is AWS's own."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from api_platform.rules.finding import Manifest
from api_platform.rules.values import table, text

KUBERNETES_OBJECT: Final = "Custom::AWSCDK-EKS-KubernetesResource"
"""The type of an `eks.KubernetesManifest`."""
FOLLOWERS: Final[Mapping[str, str]] = {
    "AWS::CloudFormation::WaitConditionHandle": "stands between two waves, and is nothing itself",
    "Custom::AWSCDK-EKS-KubernetesObjectValue": "waits for a rollout: it comes and goes with the pods' template",
}
"""Types that are no change of their own, and why. The plan leaves them out; what they follow is in it."""
_NOT_APPLIED: Final = ("DependsOn", "Metadata")
"""Parts of a resource that order and describe it: CloudFormation calls nothing for them."""


def kubernetes_objects(template: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Manifest]]:
    """Yield logical id, resource and manifest of each object. A manifest with tokens in it is none: it stays AWS's."""
    for logical_id, resource in table(template, "Resources").items():
        for manifest in _manifests(resource):
            yield logical_id, resource, manifest


def aws_part(template: Mapping[str, Any]) -> dict[str, Any]:
    """Return the template without Kubernetes objects, without what follows from others, without notes and order."""
    resources = {
        logical_id: {key: value for key, value in resource.items() if key not in _NOT_APPLIED}
        for logical_id, resource in table(template, "Resources").items()
        if text(resource, "Type") not in FOLLOWERS and not _manifests(resource)
    }
    return {**template, "Resources": resources}


def _manifests(resource: object) -> list[Manifest]:
    if text(resource, "Type") != KUBERNETES_OBJECT:
        return []
    try:
        found = json.loads(text(resource, "Properties", "Manifest"))
    except ValueError:
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
