"""What intrinsic functions come to."""

from collections.abc import Mapping
from typing import Any

import pytest

from eks_twin.cloudformation import ValidationError
from eks_twin.cloudformation.intrinsics import NO_VALUE, Scope, resolve

VALUES: Mapping[str, Any] = {
    "AWS::NoValue": NO_VALUE,
    "AWS::Region": "eu-west-1",
    "AWS::StackName": "shop",
    "Name": "blue",
    "Zones": ["a", "b"],
    "Index": "1",
}


def a_scope() -> Scope:
    return Scope(
        VALUES,
        {"Yes": True, "No": False},
        {"Sizes": {"eu-west-1": {"small": 2, "list": ["x"]}}},
        {"vpc": "vpc-1"}.__getitem__,
        {"eu-west-1": ["eu-west-1a", "eu-west-1b"], "us-east-1": ["us-east-1a"]}.__getitem__,
        {"Queue": "the-queue"}.__getitem__,
        lambda _, attribute: {"Arn": "arn:queue", "Inner.Arn": "arn:inner", "blue": 7}[attribute],
        lambda service, name: f"the {service} of {name}",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text", "text"),
        (7, 7),
        ({"a": [1, None, True]}, {"a": [1, None, True]}),
        ({"Ref": "Name"}, "blue"),
        ({"Ref": "Zones"}, ["a", "b"]),
        ({"Ref": "Queue"}, "the-queue"),
        ({"Ref": "AWS::Region"}, "eu-west-1"),
        ({"Ref": "Name", "Other": 1}, {"Ref": "Name", "Other": 1}),
        ({"keep": 1, "drop": {"Ref": "AWS::NoValue"}}, {"keep": 1}),
        ([1, {"Ref": "AWS::NoValue"}, 2], [1, 2]),
        ({"Fn::GetAtt": ["Queue", "Arn"]}, "arn:queue"),
        ({"Fn::GetAtt": "Queue.Arn"}, "arn:queue"),
        ({"Fn::GetAtt": ["Queue", "Inner.Arn"]}, "arn:inner"),
        ({"Fn::GetAtt": "Queue.Inner.Arn"}, "arn:inner"),
        ({"Fn::GetAtt": ["Queue", {"Ref": "Name"}]}, 7),
        (
            {"Fn::Sub": "${Name} ${Queue} ${Queue.Arn} ${Queue.Inner.Arn} ${AWS::StackName}"},
            "blue the-queue arn:queue arn:inner shop",
        ),
        ({"Fn::Sub": "${!Name} is literal, $Name and {Name} too"}, "${Name} is literal, $Name and {Name} too"),
        ({"Fn::Sub": ["${Name} ${Own}", {"Own": {"Ref": "Queue"}, "Name": 1}]}, "1 the-queue"),
        ({"Fn::Join": ["-", ["a", 1, True, {"Ref": "Name"}]]}, "a-1-true-blue"),
        ({"Fn::Join": ["", {"Ref": "Zones"}]}, "ab"),
        ({"Fn::Join": [",", ["a", {"Ref": "AWS::NoValue"}]]}, "a"),
        ({"Fn::Split": [":", "a:b:"]}, ["a", "b", ""]),
        ({"Fn::Select": [1, ["a", "b"]]}, "b"),
        ({"Fn::Select": [{"Ref": "Index"}, {"Fn::Split": ["|", "a|b"]}]}, "b"),
        ({"Fn::FindInMap": ["Sizes", {"Ref": "AWS::Region"}, "small"]}, 2),
        ({"Fn::FindInMap": ["Sizes", "eu-west-1", "list"]}, ["x"]),
        ({"Fn::If": ["Yes", "then", "otherwise"]}, "then"),
        ({"Fn::If": ["No", {"Fn::GetAtt": ["Nobody", "Asks"]}, {"Ref": "Name"}]}, "blue"),
        ({"a": {"Fn::If": ["No", 1, {"Ref": "AWS::NoValue"}]}}, {}),
        ({"Fn::ImportValue": "vpc"}, "vpc-1"),
        ({"Fn::Base64": "grüße"}, "Z3LDvMOfZQ=="),
        ({"Fn::GetAZs": ""}, ["eu-west-1a", "eu-west-1b"]),
        ({"Fn::GetAZs": {"Ref": "AWS::Region"}}, ["eu-west-1a", "eu-west-1b"]),
        ({"Fn::GetAZs": "us-east-1"}, ["us-east-1a"]),
        ({"Fn::Cidr": ["192.168.0.0/24", 6, 5]}, [f"192.168.0.{third}/27" for third in range(0, 192, 32)]),
        ({"Fn::Cidr": ["10.0.0.0/16", "2", "8"]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Cidr": ["fd00::/56", 2, 64]}, ["fd00::/64", "fd00:0:0:1::/64"]),
        ("{{resolve:secretsmanager:db:SecretString:password}}", "{{resolve:secretsmanager:db:SecretString:password}}"),
    ],
)
def test_a_function_comes_to(value: Any, expected: Any) -> None:
    assert resolve(value, a_scope()) == expected


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ({"Fn::ToJsonString": {}}, "Fn::ToJsonString is not known here"),
        ({"Ref": ["Name"]}, "every Ref takes a name"),
        ({"Fn::GetAtt": ["Queue"]}, "every Fn::GetAtt takes a list of 2"),
        ({"Fn::GetAtt": "Queue"}, "every Fn::GetAtt takes a list of 2"),
        ({"Fn::GetAtt": [{"Ref": "Name"}, "Arn"]}, "names its resource in plain text"),
        ({"Fn::Sub": 1}, "every Fn::Sub takes"),
        ({"Fn::Sub": ["${A}", []]}, "every Fn::Sub takes"),
        ({"Fn::Sub": "${Zones}"}, r"Fn::Sub, for \$\{Zones\}, needs text, and got list"),
        ({"Fn::Join": ["-", "ab"]}, "every Fn::Join takes a separator and a list"),
        ({"Fn::Join": ["-", [{"a": 1}]]}, "Fn::Join needs text, and got dict"),
        ({"Fn::Join": ["-", [None]]}, "Fn::Join needs text, and got nothing"),
        ({"Fn::Split": ["", "ab"]}, "a separator that is not empty"),
        ({"Fn::Select": [2, ["a", "b"]]}, "nonexistent value at index 2"),
        ({"Fn::Select": [-1, ["a", "b"]]}, "nonexistent value at index -1"),
        ({"Fn::Select": ["one", ["a", "b"]]}, "nonexistent value at index one"),
        ({"Fn::FindInMap": ["Sizes", "mars", "small"]}, "Unable to get mapping for Sizes::mars::small"),
        ({"Fn::If": ["Perhaps", 1, 2]}, "the condition 'Perhaps', which does not exist"),
        ({"Fn::If": ["Yes", 1]}, "every Fn::If takes a list of 3"),
        ({"Fn::GetAZs": "mars"}, "knows no zones of the region 'mars'"),
        ({"Fn::Cidr": ["10.0.0.0/24", 9, 5]}, "10.0.0.0/24 has no 9 subnets of 5 host bits"),
        ({"Fn::Cidr": ["10.0.0.0/24", 1, 12]}, "Fn::Cidr of 10.0.0.0/24, 1, 12"),
        ({"Fn::Cidr": ["a network", 1, 5]}, "Fn::Cidr of a network"),
        ({"Fn::Base64": {"Ref": "AWS::NoValue"}}, "Fn::Base64 needs text, and got nothing"),
    ],
)
def test_a_function_that_gets_what_it_cannot_take_is_named(value: Any, complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        resolve(value, a_scope())
