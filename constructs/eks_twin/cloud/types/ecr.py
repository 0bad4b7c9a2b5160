"""Repositories of container images."""

import json
from collections.abc import Mapping
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType, unless_so_already
from eks_twin.cloud.types.tags import pairs, tagged
from eks_twin.cloudformation import ResourceType


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    left_out = frozenset({"LifecyclePolicy", "RepositoryPolicyText"})
    return {"AWS::ECR::Repository": KeptType(clients, _delete, _CHANGES, left_out)}


def _ecr(kept: Kept) -> Any:
    return kept.clients("ecr")


def _delete(kept: Kept) -> None:
    """Delete the repository; one with images in it only where the template says so."""
    force = str(kept.after.get("EmptyOnDelete", False)).lower() == "true"
    _ecr(kept).delete_repository(repositoryName=kept.id, force=force)


def _mutability(kept: Kept) -> None:
    wanted = kept.after.get("ImageTagMutability", "MUTABLE")
    _ecr(kept).put_image_tag_mutability(repositoryName=kept.id, imageTagMutability=wanted)


def _scanning(kept: Kept) -> None:
    on_push = str((kept.after.get("ImageScanningConfiguration") or {}).get("ScanOnPush", False)).lower() == "true"
    wanted = {"scanOnPush": on_push}
    _ecr(kept).put_image_scanning_configuration(repositoryName=kept.id, imageScanningConfiguration=wanted)


def _lifecycle(kept: Kept) -> None:
    if policy := kept.after.get("LifecyclePolicy"):
        _ecr(kept).put_lifecycle_policy(repositoryName=kept.id, lifecyclePolicyText=policy["LifecyclePolicyText"])
    else:
        with unless_so_already():
            _ecr(kept).delete_lifecycle_policy(repositoryName=kept.id)


def _policy(kept: Kept) -> None:
    if policy := kept.after.get("RepositoryPolicyText"):
        text = policy if isinstance(policy, str) else json.dumps(policy)
        _ecr(kept).set_repository_policy(repositoryName=kept.id, policyText=text)
    else:
        with unless_so_already():
            _ecr(kept).delete_repository_policy(repositoryName=kept.id)


_CHANGES: Mapping[str, ChangeInPlace] = {
    "EmptyOnDelete": lambda _: None,  # read at the deletion
    "ImageScanningConfiguration": _scanning,
    "ImageTagMutability": _mutability,
    "LifecyclePolicy": _lifecycle,
    "RepositoryPolicyText": _policy,
    "Tags": tagged(
        lambda kept, tags: _ecr(kept).tag_resource(resourceArn=kept.attributes["Arn"], tags=pairs(tags)),
        lambda kept, keys: _ecr(kept).untag_resource(resourceArn=kept.attributes["Arn"], tagKeys=keys),
    ),
}
