"""Cases of IAM."""

import json
from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe

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


def bearers(clients: Clients, physical_id: str) -> list[str]:
    found = clients("iam").list_entities_for_policy(PolicyArn=physical_id)["PolicyRoles"]
    return sorted(one["RoleName"] for one in found)


def inline_of(name: str) -> Probe:
    def probe(clients: Clients, _: str) -> list[str]:
        iam = clients("iam")
        found = iam.list_role_policies(RoleName=name)["PolicyNames"]
        documents = [iam.get_role_policy(RoleName=name, PolicyName=one)["PolicyDocument"] for one in found]
        return [json.loads(json.dumps(one))["Statement"][0]["Action"] for one in documents]

    return probe


def clients_of_provider(clients: Clients, physical_id: str) -> Any:
    return clients("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=physical_id)["ClientIDList"]


CASES = (
    Case(
        "AWS::IAM::ManagedPolicy",
        {"PolicyDocument": document("s3:GetObject"), "Roles": [{"Ref": "First"}]},
        lambda clients, physical_id: bool(clients("iam").get_policy(PolicyArn=physical_id)),
        [
            InPlace({"PolicyDocument": document("s3:PutObject")}, action_of_version, "s3:GetObject", "s3:PutObject"),
            InPlace({"Roles": [{"Ref": "Second"}]}, bearers, ["mp-first"], ["mp-second"]),
        ],
        {"Path": "/another/"},
        {"First": role("mp-first"), "Second": role("mp-second")},
    ),
    Case(
        "AWS::IAM::OIDCProvider",
        {"Url": "https://oidc.example.com/one", "ClientIdList": ["sts.amazonaws.com"]},
        lambda clients, physical_id: bool(clients_of_provider(clients, physical_id)),
        [InPlace({"ClientIdList": ["other"]}, clients_of_provider, ["sts.amazonaws.com"], ["other"])],
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
            InPlace({"Tags": [{"Key": "a", "Value": "b"}]}, of_role("Tags"), None, [{"Key": "a", "Value": "b"}]),
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
