"""The case of ECR."""

import json
from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged
from tests.eks_twin.cloud.types.open_policy import open_to_all


def repository(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        (found,) = clients("ecr").describe_repositories(repositoryNames=[physical_id])["repositories"]
        return found[name]

    return probe


def scans(clients: Clients, physical_id: str) -> Any:
    return repository("imageScanningConfiguration")(clients, physical_id)["scanOnPush"]


def lifecycle(clients: Clients, physical_id: str) -> Any:
    try:
        return clients("ecr").get_lifecycle_policy(repositoryName=physical_id)["lifecyclePolicyText"]
    except clients("ecr").exceptions.LifecyclePolicyNotFoundException:
        return None


def sid_of_repository(clients: Clients, physical_id: str) -> Any:
    try:
        found = clients("ecr").get_repository_policy(repositoryName=physical_id)["policyText"]
    except clients("ecr").exceptions.RepositoryPolicyNotFoundException:
        return None
    return json.loads(found)["Statement"][0]["Sid"]


def tags_of_repository(clients: Clients, physical_id: str) -> Any:
    arn = repository("repositoryArn")(clients, physical_id)
    return clients("ecr").list_tags_for_resource(resourceArn=arn)["tags"]


KEEP_ONE = json.dumps(
    {
        "rules": [
            {
                "rulePriority": 1,
                "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
                "action": {"type": "expire"},
            }
        ]
    }
)
CASES = (
    Case(
        "AWS::ECR::Repository",
        {"ImageTagMutability": "MUTABLE"},
        lambda clients, physical_id: bool(repository("repositoryArn")(clients, physical_id)),
        [
            InPlace({"ImageTagMutability": "IMMUTABLE"}, repository("imageTagMutability"), "MUTABLE", "IMMUTABLE"),
            InPlace({"ImageScanningConfiguration": {"ScanOnPush": True}}, scans, False, True),
            InPlace({"LifecyclePolicy": {"LifecyclePolicyText": KEEP_ONE}}, lifecycle, None, KEEP_ONE),
            InPlace({"RepositoryPolicyText": open_to_all("one")}, sid_of_repository, None, "one"),
            tagged(tags_of_repository),
        ],
        {"RepositoryName": "another"},
    ),
)
