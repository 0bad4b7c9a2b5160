"""Cases of the other services: CloudWatch, Logs, SSM, S3, ECR, Lambda, and what CloudFormation itself has."""

import json
from typing import Any

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe
from tests.eks_twin.cloud.types.iam import NOBODY

ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": NOBODY}}
BUCKET = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "for-a-policy"}}


def always(_: Clients, __: str) -> bool:
    """Stands for types of which nothing is kept anywhere."""
    return False


def alarm(clients: Clients, physical_id: str) -> Any:
    return clients("cloudwatch").describe_alarms(AlarmNames=[physical_id])["MetricAlarms"]


def group(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        (found,) = clients("logs").describe_log_groups(logGroupNamePrefix=physical_id)["logGroups"]
        return found.get(name)

    return probe


def parameter(clients: Clients, physical_id: str) -> Any:
    return clients("ssm").get_parameter(Name=physical_id)["Parameter"]["Value"]


def repository(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        (found,) = clients("ecr").describe_repositories(repositoryNames=[physical_id])["repositories"]
        return found[name]

    return probe


def encryption(clients: Clients, physical_id: str) -> Any:
    found = clients("s3").get_bucket_encryption(Bucket=physical_id)["ServerSideEncryptionConfiguration"]["Rules"]
    return found[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]


def versioning(clients: Clients, physical_id: str) -> Any:
    return clients("s3").get_bucket_versioning(Bucket=physical_id).get("Status")


def expiry(clients: Clients, physical_id: str) -> Any:
    return clients("s3").get_bucket_lifecycle_configuration(Bucket=physical_id)["Rules"][0]["Expiration"]["Days"]


def sid_of_bucket(clients: Clients, physical_id: str) -> Any:
    return json.loads(clients("s3").get_bucket_policy(Bucket=physical_id)["Policy"])["Statement"][0]["Sid"]


def function(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        return clients("lambda").get_function_configuration(FunctionName=physical_id).get(name)

    return probe


def variables(clients: Clients, physical_id: str) -> Any:
    return (function("Environment")(clients, physical_id) or {}).get("Variables", {})


def expires(days: int) -> dict[str, Any]:
    return {"Rules": [{"Id": "old", "Status": "Enabled", "ExpirationInDays": days}]}


def sse(algorithm: str) -> dict[str, Any]:
    return {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]}


def open_to_all(sid: str) -> dict[str, Any]:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


ON = {"Status": "Enabled"}
CODE = "def handler(event, context):\n    return {}\n"
CASES = (
    Case("AWS::CDK::Metadata", {"Analytics": "one"}, always),
    Case("AWS::CloudFormation::WaitConditionHandle", {}, always),
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
        [InPlace({"Threshold": 9}, lambda clients, name: alarm(clients, name)[0]["Threshold"], 5.0, 9.0)],
        {"AlarmName": "another"},
    ),
    Case(
        "AWS::Logs::LogGroup",
        {"RetentionInDays": 30},
        lambda clients, physical_id: bool(group("arn")(clients, physical_id)),
        [
            InPlace({"RetentionInDays": 90}, group("retentionInDays"), 30, 90),
            InPlace({"RetentionInDays": None}, group("retentionInDays"), 30, None),
            InPlace({"KmsKeyId": "arn:aws:kms:::key/one"}, group("kmsKeyId"), None, "arn:aws:kms:::key/one"),
        ],
        {"LogGroupName": "another"},
    ),
    Case(
        "AWS::SSM::Parameter",
        {"Type": "String", "Value": "one"},
        lambda clients, physical_id: bool(parameter(clients, physical_id)),
        [InPlace({"Value": "two"}, parameter, "one", "two")],
        {"Name": "another"},
    ),
    Case(
        "AWS::ECR::Repository",
        {"ImageTagMutability": "MUTABLE"},
        lambda clients, physical_id: bool(repository("repositoryArn")(clients, physical_id)),
        [InPlace({"ImageTagMutability": "IMMUTABLE"}, repository("imageTagMutability"), "MUTABLE", "IMMUTABLE")],
        {"RepositoryName": "another"},
    ),
    Case(
        "AWS::S3::Bucket",
        {"BucketEncryption": sse("AES256"), "LifecycleConfiguration": expires(30), "VersioningConfiguration": ON},
        lambda clients, physical_id: bool(clients("s3").head_bucket(Bucket=physical_id)),
        [
            InPlace({"BucketEncryption": sse("aws:kms")}, encryption, "AES256", "aws:kms"),
            InPlace({"VersioningConfiguration": {"Status": "Suspended"}}, versioning, "Enabled", "Suspended"),
            InPlace({"LifecycleConfiguration": expires(90)}, expiry, 30, 90),
        ],
        {"BucketName": "another"},
    ),
    Case(
        "AWS::S3::BucketPolicy",
        {"Bucket": {"Ref": "Bucket"}, "PolicyDocument": open_to_all("one")},
        lambda clients, physical_id: bool(sid_of_bucket(clients, physical_id)),
        [InPlace({"PolicyDocument": open_to_all("two")}, sid_of_bucket, "one", "two")],
        {"Bucket": {"Ref": "Other"}},
        {"Bucket": BUCKET, "Other": {"Type": "AWS::S3::Bucket", "Properties": {}}},
    ),
    Case(
        "AWS::Lambda::Function",
        {
            "Runtime": "python3.12",
            "Handler": "index.handler",
            "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            "Code": {"ZipFile": CODE},
            "Timeout": 10,
        },
        lambda clients, physical_id: bool(function("FunctionArn")(clients, physical_id)),
        [
            InPlace({"Timeout": 60}, function("Timeout"), 10, 60),
            InPlace({"Timeout": None}, function("Timeout"), 10, 3),
            InPlace({"Environment": {"Variables": {"a": "b"}}}, variables, {}, {"a": "b"}),
            InPlace({"MemorySize": 512}, function("MemorySize"), 128, 512),
        ],
        {"FunctionName": "another"},
        {"Role": ROLE},
    ),
)
