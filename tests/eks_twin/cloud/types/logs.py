"""The case of CloudWatch Logs."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged


def group(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        (found,) = clients("logs").describe_log_groups(logGroupNamePrefix=physical_id)["logGroups"]
        return found.get(name)

    return probe


CASES = (
    Case(
        "AWS::Logs::LogGroup",
        {"RetentionInDays": 30},
        lambda clients, physical_id: bool(group("arn")(clients, physical_id)),
        [
            InPlace({"RetentionInDays": 90}, group("retentionInDays"), 30, 90),
            InPlace({"RetentionInDays": None}, group("retentionInDays"), 30, None),
            InPlace({"KmsKeyId": "arn:aws:kms:::key/one"}, group("kmsKeyId"), None, "arn:aws:kms:::key/one"),
            tagged(lambda clients, name: clients("logs").list_tags_log_group(logGroupName=name)["tags"]),
        ],
        {"LogGroupName": "another"},
    ),
)
