"""The case of Systems Manager."""

from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged


def parameter(clients: Clients, physical_id: str) -> Any:
    return clients("ssm").get_parameter(Name=physical_id)["Parameter"]["Value"]


def described(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        filters = [{"Key": "Name", "Values": [physical_id]}]
        return clients("ssm").describe_parameters(ParameterFilters=filters)["Parameters"][0].get(name, "")

    return probe


def tags_of_parameter(clients: Clients, physical_id: str) -> Any:
    return clients("ssm").list_tags_for_resource(ResourceType="Parameter", ResourceId=physical_id)["TagList"]


CASES = (
    Case(
        "AWS::SSM::Parameter",
        {"Type": "String", "Value": "one"},
        lambda clients, physical_id: bool(parameter(clients, physical_id)),
        [
            InPlace({"Value": "two"}, parameter, "one", "two"),
            InPlace({"Description": "x"}, described("Description"), "", "x"),
            InPlace({"AllowedPattern": "[a-z]+"}, described("AllowedPattern"), "", "[a-z]+"),
            InPlace({"Type": "StringList"}, described("Type"), "String", "StringList"),
            tagged(tags_of_parameter, {"Tags": {"team": "platform"}}),
        ],
        {"Name": "another"},
    ),
)
