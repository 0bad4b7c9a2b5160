"""Cases of Lambda."""

import base64
import hashlib
import io
import zipfile
from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged
from tests.eks_twin.cloud.types.iam import role

ARCHIVES = "archives"
"""A bucket that is there before any test, with an archive `one` and an archive `two` in it."""


def archive(name: str) -> bytes:
    """Return a function's code."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        dated = zipfile.ZipInfo("index.py", (2026, 1, 1, 0, 0, 0))
        files.writestr(dated, f"def handler(event, context):\n    return '{name}'\n")
    return packed.getvalue()


def function(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        return clients("lambda").get_function_configuration(FunctionName=physical_id).get(name)

    return probe


def key_of_function(clients: Clients, physical_id: str) -> Any:
    return function("KMSKeyArn")(clients, physical_id) or ""


def layers(clients: Clients, physical_id: str) -> int:
    return len(function("Layers")(clients, physical_id) or [])


def role_of_function(clients: Clients, physical_id: str) -> str:
    return str(function("Role")(clients, physical_id)).rpartition("/")[2]


def tracing(clients: Clients, physical_id: str) -> Any:
    return (function("TracingConfig")(clients, physical_id) or {}).get("Mode")


def subnets(clients: Clients, physical_id: str) -> int:
    return len((function("VpcConfig")(clients, physical_id) or {}).get("SubnetIds", []))


def layer_version(clients: Clients, physical_id: str) -> bool:
    *_, name, version = physical_id.split(":")
    return bool(clients("lambda").get_layer_version(LayerName=name, VersionNumber=int(version)))


def hash_of(name: str) -> str:
    return base64.b64encode(hashlib.sha256(archive(name)).digest()).decode()


code = function("CodeSha256")


def variables(clients: Clients, physical_id: str) -> Any:
    return (function("Environment")(clients, physical_id) or {}).get("Variables", {})


CASES = (
    Case(
        "AWS::Lambda::Function",
        {
            "Runtime": "python3.12",
            "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Code": {"S3Bucket": ARCHIVES, "S3Key": "one"},
            "Timeout": 10,
        },
        lambda clients, physical_id: bool(function("FunctionArn")(clients, physical_id)),
        [
            InPlace({"Timeout": 60}, function("Timeout"), 10, 60),
            InPlace({"Timeout": None}, function("Timeout"), 10, 3),
            InPlace({"Environment": {"Variables": {"a": "b"}}}, variables, {}, {"a": "b"}),
            InPlace({"MemorySize": 512}, function("MemorySize"), 128, 512),
            InPlace({"Description": "x"}, function("Description"), "", "x"),
            InPlace({"EphemeralStorage": {"Size": 1024}}, function("EphemeralStorage"), {"Size": 512}, {"Size": 1024}),
            InPlace({"Handler": "index.other"}, function("Handler"), "index.handler", "index.other"),
            InPlace({"KmsKeyArn": "arn:aws:kms:::key/one"}, key_of_function, "", "arn:aws:kms:::key/one"),
            InPlace({"Layers": [{"Ref": "Layer"}]}, layers, 0, 1),
            InPlace({"Role": {"Fn::GetAtt": ["Other", "Arn"]}}, role_of_function, "function-one", "function-two"),
            InPlace({"Runtime": "python3.13"}, function("Runtime"), "python3.12", "python3.13"),
            InPlace({"TracingConfig": {"Mode": "Active"}}, tracing, "PassThrough", "Active"),
            InPlace({"VpcConfig": {"SubnetIds": [{"Ref": "Subnet"}]}}, subnets, 0, 1),
            InPlace({"Code": {"S3Bucket": ARCHIVES, "S3Key": "two"}}, code, hash_of("one"), hash_of("two")),
            tagged(lambda clients, name: clients("lambda").get_function(FunctionName=name).get("Tags")),
        ],
        {"FunctionName": "another"},
        {
            "Role": role("function-one"),
            "Other": role("function-two"),
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
            "Subnet": {
                "Type": "AWS::EC2::Subnet",
                "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"},
            },
            "Layer": {
                "Type": "AWS::Lambda::LayerVersion",
                "Properties": {"Content": {"S3Bucket": ARCHIVES, "S3Key": "one"}},
            },
        },
    ),
    Case(
        "AWS::Lambda::LayerVersion",
        {"LayerName": "layer", "Content": {"S3Bucket": ARCHIVES, "S3Key": "one"}},
        layer_version,
        (),
        {"LayerName": "another"},
    ),
)
