"""The case of CloudWatch."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, tagged


def alarm(clients: Clients, physical_id: str) -> Any:
    return clients("cloudwatch").describe_alarms(AlarmNames=[physical_id])["MetricAlarms"]


def tags_of_alarm(clients: Clients, physical_id: str) -> Any:
    arn = alarm(clients, physical_id)[0]["AlarmArn"]
    return clients("cloudwatch").list_tags_for_resource(ResourceARN=arn)["Tags"]


CASES = (
    Case(
        "AWS::CloudWatch::Alarm",
        {
            "MetricName": "age",
            "Namespace": "queues",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 5,
            "Statistic": "Maximum",
            "ComparisonOperator": "GreaterThanThreshold",
        },
        lambda clients, physical_id: bool(alarm(clients, physical_id)),
        [
            InPlace({"Threshold": 9}, lambda clients, name: alarm(clients, name)[0]["Threshold"], 5.0, 9.0),
            InPlace(
                {"AlarmDescription": "x"},
                lambda clients, name: alarm(clients, name)[0].get("AlarmDescription"),
                None,
                "x",
            ),
            tagged(tags_of_alarm),
        ],
        {"AlarmName": "another"},
    ),
)
