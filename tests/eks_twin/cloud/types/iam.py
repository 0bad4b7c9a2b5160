"""Cases of IAM."""

import json
from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged

BOUNDARY = "arn:aws:iam::aws:policy/PowerUserAccess"
EKS = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
REGISTRY = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
EVERYBODY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}
NOBODY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}


def document(action: str) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}


def role(name: str) -> dict[str, Any]:
    return {"Type": "AWS::IAM::Role", "Properties": {"RoleName": name, "AssumeRolePolicyDocument": NOBODY}}


def of_role(*path: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        found: Any = clients("iam").get_role(RoleName=physical_id)["Role"]
        for name in path:
            found = found.get(name) if found else None
        return found

    return probe


boundary = of_role("PermissionsBoundary", "PermissionsBoundaryArn")


def attached(clients: Clients, physical_id: str) -> list[str]:
    found = clients("iam").list_attached_role_policies(RoleName=physical_id)["AttachedPolicies"]
    return sorted(policy["PolicyArn"] for policy in found)


def inline(clients: Clients, physical_id: str) -> Any:
    return clients("iam").list_role_policies(RoleName=physical_id)["PolicyNames"]


def action_of_version(clients: Clients, physical_id: str) -> str:
    version = clients("iam").get_policy(PolicyArn=physical_id)["Policy"]["DefaultVersionId"]
    found = clients("iam").get_policy_version(PolicyArn=physical_id, VersionId=version)["PolicyVersion"]["Document"]
    return str(found["Statement"][0]["Action"])


def bearers(kind: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> list[str]:
        found = clients("iam").list_entities_for_policy(PolicyArn=physical_id)[f"Policy{kind}s"]
        return sorted(one[f"{kind}Name"] for one in found)

    return probe


def names_of(name: str) -> Probe:
    return lambda clients, _: clients("iam").list_role_policies(RoleName=name)["PolicyNames"]


def inline_of(name: str) -> Probe:
    def probe(clients: Clients, _: str) -> list[str]:
        iam = clients("iam")
        found = iam.list_role_policies(RoleName=name)["PolicyNames"]
        documents = [iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"] for one in found]
        return [json.loads(json.dumps(one))["Statement"][0]["Action"] for one in documents]

    return probe


def of_provider(name: str) -> Probe:
    return lambda clients, arn: clients("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=arn).get(name)


def inline_of_user(clients: Clients, _: str) -> Any:
    return clients("iam").list_user_policies(UserName=USER)["PolicyNames"]


def inline_of_group(clients: Clients, _: str) -> Any:
    return clients("iam").list_group_policies(GroupName=GROUP)["PolicyNames"]


USER, GROUP = "somebody", "some-people"
"""Are there before any test, since the twin makes neither."""


CASES = (
    Case(
        "AWS::IAM::ManagedPolicy",
        {"PolicyDocument": document("s3:GetObject"), "Roles": [{"Ref": "First"}]},
        lambda clients, physical_id: bool(clients("iam").get_policy(PolicyArn=physical_id)),
        [
            InPlace({"PolicyDocument": document("s3:PutObject")}, action_of_version, "s3:GetObject", "s3:PutObject"),
            InPlace({"Roles": [{"Ref": "Second"}]}, bearers("Role"), ["mp-first"], ["mp-second"]),
            InPlace({"Users": [USER]}, bearers("User"), [], [USER]),
            InPlace({"Groups": [GROUP]}, bearers("Group"), [], [GROUP]),
            tagged(lambda clients, physical_id: clients("iam").list_policy_tags(PolicyArn=physical_id)["Tags"]),
        ],
        {"Path": "/another/"},
        {"First": role("mp-first"), "Second": role("mp-second")},
    ),
    Case(
        "AWS::IAM::OIDCProvider",
        {"Url": "https://oidc.example.com/one", "ClientIdList": ["sts.amazonaws.com"]},
        lambda clients, physical_id: bool(of_provider("Url")(clients, physical_id)),
        [
            InPlace({"ClientIdList": ["other"]}, of_provider("ClientIDList"), ["sts.amazonaws.com"], ["other"]),
            InPlace({"ThumbprintList": ["1" * 40]}, of_provider("ThumbprintList"), ["0" * 40], ["1" * 40]),
            tagged(of_provider("Tags")),
        ],
        {"Url": "https://oidc.example.com/two"},
    ),
    Case(
        "AWS::IAM::Policy",
        {"PolicyName": "inline", "PolicyDocument": document("s3:GetObject"), "Roles": [{"Ref": "First"}]},
        lambda clients, physical_id: bool(inline_of("p-first")(clients, physical_id)),
        [
            InPlace(
                {"PolicyDocument": document("s3:PutObject")}, inline_of("p-first"), ["s3:GetObject"], ["s3:PutObject"]
            ),
            InPlace({"Roles": [{"Ref": "Second"}]}, inline_of("p-first"), ["s3:GetObject"], []),
            InPlace({"PolicyName": "renamed"}, names_of("p-first"), ["inline"], ["renamed"]),
            InPlace({"Users": [USER]}, inline_of_user, [], ["inline"]),
            InPlace({"Groups": [GROUP]}, inline_of_group, [], ["inline"]),
        ],
        None,
        {"First": role("p-first"), "Second": role("p-second")},
    ),
    Case(
        "AWS::IAM::Role",
        {"AssumeRolePolicyDocument": NOBODY, "ManagedPolicyArns": [EKS], "Description": "one"},
        lambda clients, physical_id: bool(clients("iam").get_role(RoleName=physical_id)),
        [
            InPlace({"MaxSessionDuration": 7200}, of_role("MaxSessionDuration"), 3600, 7200),
            InPlace({"Description": "two"}, of_role("Description"), "one", "two"),
            InPlace(
                {"PermissionsBoundary": BOUNDARY},
                of_role("PermissionsBoundary", "PermissionsBoundaryArn"),
                None,
                BOUNDARY,
            ),
            InPlace({"ManagedPolicyArns": [REGISTRY]}, attached, [EKS], [REGISTRY]),
            InPlace({"Policies": [{"PolicyName": "p", "PolicyDocument": document("s3:*")}]}, inline, [], ["p"]),
            tagged(of_role("Tags")),
            InPlace(
                {"AssumeRolePolicyDocument": EVERYBODY},
                of_role("AssumeRolePolicyDocument"),
                NOBODY,
                EVERYBODY,
            ),
        ],
        {"Path": "/another/"},
    ),
)
