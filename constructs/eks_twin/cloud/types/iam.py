"""Roles and policies of IAM."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.kept import ChangeInPlace, Kept, KeptType, unless_so_already
from eks_twin.cloud.types.tags import pairs, tagged
from eks_twin.cloudformation import ResourceType

_MOST_VERSIONS = 5
"""IAM keeps no more versions of a managed policy: CloudFormation deletes the oldest."""
_KINDS = ("Role", "User", "Group")
"""To whom a policy can be attached; properties name them in the plural."""


def types(clients: Clients) -> Mapping[str, ResourceType]:
    """Return the types."""
    return {
        "AWS::IAM::ManagedPolicy": KeptType(clients, _delete_managed_policy, _MANAGED_POLICY),
        "AWS::IAM::Policy": KeptType(clients, _withdraw_policy, _POLICY),
        "AWS::IAM::Role": KeptType(clients, _delete_role, _ROLE, frozenset(_ROLE) - {"AssumeRolePolicyDocument"}),
    }


def _iam(kept: Kept) -> Any:
    return kept.clients("iam")


def _trust(kept: Kept) -> None:
    document = json.dumps(kept.after["AssumeRolePolicyDocument"])
    _iam(kept).update_assume_role_policy(RoleName=kept.id, PolicyDocument=document)


def _inline(kept: Kept) -> None:
    gone, come = kept.listed("Policies")
    for policy in gone:
        with unless_so_already():
            _iam(kept).delete_role_policy(RoleName=kept.id, PolicyName=policy["PolicyName"])
    for policy in come:
        document = json.dumps(policy["PolicyDocument"])
        _iam(kept).put_role_policy(RoleName=kept.id, PolicyName=policy["PolicyName"], PolicyDocument=document)


def _managed(kept: Kept) -> None:
    gone, come = kept.listed("ManagedPolicyArns")
    for arn in gone:
        with unless_so_already():
            _iam(kept).detach_role_policy(RoleName=kept.id, PolicyArn=arn)
    for arn in come:
        _iam(kept).attach_role_policy(RoleName=kept.id, PolicyArn=arn)


def _boundary(kept: Kept) -> None:
    if boundary := kept.after.get("PermissionsBoundary"):
        _iam(kept).put_role_permissions_boundary(RoleName=kept.id, PermissionsBoundary=boundary)
    else:
        with unless_so_already():
            _iam(kept).delete_role_permissions_boundary(RoleName=kept.id)


def _description(kept: Kept) -> None:
    """Set the description and the longest session: an hour, where nothing is said."""
    _iam(kept).update_role(
        RoleName=kept.id,
        Description=str(kept.after.get("Description", "")),
        MaxSessionDuration=int(kept.after.get("MaxSessionDuration", 3600)),
    )


_ROLE: Mapping[str, ChangeInPlace] = {
    "AssumeRolePolicyDocument": _trust,
    "Description": _description,
    "ManagedPolicyArns": _managed,
    "MaxSessionDuration": _description,
    "PermissionsBoundary": _boundary,
    "Policies": _inline,
    "Tags": tagged(
        lambda kept, tags: _iam(kept).tag_role(RoleName=kept.id, Tags=pairs(tags)),
        lambda kept, keys: _iam(kept).untag_role(RoleName=kept.id, TagKeys=keys),
    ),
}


def _delete_role(kept: Kept) -> None:
    """Delete what the template gave it first. Whatever else was attached keeps it, as with CloudFormation."""
    nothing_left = replace(kept, before=kept.after, after={})
    _inline(nothing_left)
    _managed(nothing_left)
    _iam(kept).delete_role(RoleName=kept.id)


def _bearers(kept: Kept) -> None:
    """Change to whom a managed policy is attached."""
    for kind in _KINDS:
        gone, come = kept.listed(f"{kind}s")
        for name in gone:
            with unless_so_already():
                _call(kept, "detach", kind)(**{f"{kind}Name": name, "PolicyArn": kept.id})
        for name in come:
            _call(kept, "attach", kind)(**{f"{kind}Name": name, "PolicyArn": kept.id})


def _call(kept: Kept, verb: str, kind: str) -> Any:
    return getattr(_iam(kept), f"{verb}_{kind.lower()}_policy")


def _new_version(kept: Kept) -> None:
    versions = _iam(kept).list_policy_versions(PolicyArn=kept.id)["Versions"]
    old = [one["VersionId"] for one in versions if not one["IsDefaultVersion"]]
    if len(versions) >= _MOST_VERSIONS:
        oldest = min(old, key=lambda version: int(version.removeprefix("v")))
        _iam(kept).delete_policy_version(PolicyArn=kept.id, VersionId=oldest)
    document = json.dumps(kept.after["PolicyDocument"])
    _iam(kept).create_policy_version(PolicyArn=kept.id, PolicyDocument=document, SetAsDefault=True)


_MANAGED_POLICY: Mapping[str, ChangeInPlace] = {
    "PolicyDocument": _new_version,
    **{f"{kind}s": _bearers for kind in _KINDS},
}


def _delete_managed_policy(kept: Kept) -> None:
    """Take it from those to whom the template gave it first. Whoever else has it keeps it, as with CloudFormation."""
    _bearers(replace(kept, before=kept.after, after={}))
    for version in _iam(kept).list_policy_versions(PolicyArn=kept.id)["Versions"]:
        if not version["IsDefaultVersion"]:
            _iam(kept).delete_policy_version(PolicyArn=kept.id, VersionId=version["VersionId"])
    _iam(kept).delete_policy(PolicyArn=kept.id)


def _put_policy(kept: Kept) -> None:
    """Write an inline policy to all who shall have it, and take it from those who had it."""
    _withdraw(kept, kept.before)
    name, document = kept.after["PolicyName"], json.dumps(kept.after["PolicyDocument"])
    for kind in _KINDS:
        for bearer in kept.after.get(f"{kind}s") or []:
            _call(kept, "put", kind)(**{f"{kind}Name": bearer}, PolicyName=name, PolicyDocument=document)


_POLICY: Mapping[str, ChangeInPlace] = dict.fromkeys(
    ("PolicyName", "PolicyDocument", "Roles", "Users", "Groups"), _put_policy
)


def _withdraw_policy(kept: Kept) -> None:
    _withdraw(kept, kept.after)


def _withdraw(kept: Kept, properties: Mapping[str, Any]) -> None:
    """Delete an inline policy from all who have it. One who is gone took it along."""
    for kind in _KINDS:
        for bearer in properties.get(f"{kind}s") or []:
            with unless_so_already():
                _call(kept, "delete", kind)(**{f"{kind}Name": bearer}, PolicyName=properties["PolicyName"])
