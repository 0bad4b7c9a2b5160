"""Cases of the other services: CloudWatch, Logs, SSM, S3, ECR, Lambda, and what CloudFormation itself has."""

import base64
import hashlib
import io
import json
import re
import zipfile
from typing import Any

from botocore.exceptions import ClientError

from eks_twin.aws_clients import Clients
from tests.eks_twin.cloud.types.case import Case, InPlace, Probe, tagged
from tests.eks_twin.cloud.types.iam import NOBODY, role

ROLE = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": NOBODY}}
ARCHIVES = "archives"
"""A bucket that is there before any test, with an archive `one` and an archive `two` in it."""
BUCKET = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "for-a-policy"}}


def archive(name: str) -> bytes:
    """Return a function's code."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        dated = zipfile.ZipInfo("index.py", (2026, 1, 1, 0, 0, 0))
        files.writestr(dated, f"def handler(event, context):\n    return '{name}'\n")
    return packed.getvalue()


def always(_: Clients, __: str) -> bool:
    """Stands for types of which nothing is kept anywhere."""
    return False


def alarm(clients: Clients, physical_id: str) -> Any:
    return clients("cloudwatch").describe_alarms(AlarmNames=[physical_id])["MetricAlarms"]


def tags_of_alarm(clients: Clients, physical_id: str) -> Any:
    arn = alarm(clients, physical_id)[0]["AlarmArn"]
    return clients("cloudwatch").list_tags_for_resource(ResourceARN=arn)["Tags"]


def group(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        (found,) = clients("logs").describe_log_groups(logGroupNamePrefix=physical_id)["logGroups"]
        return found.get(name)

    return probe


def parameter(clients: Clients, physical_id: str) -> Any:
    return clients("ssm").get_parameter(Name=physical_id)["Parameter"]["Value"]


def described(name: str) -> Probe:
    def probe(clients: Clients, physical_id: str) -> Any:
        filters = [{"Key": "Name", "Values": [physical_id]}]
        return clients("ssm").describe_parameters(ParameterFilters=filters)["Parameters"][0].get(name, "")

    return probe


def tags_of_parameter(clients: Clients, physical_id: str) -> Any:
    return clients("ssm").list_tags_for_resource(ResourceType="Parameter", ResourceId=physical_id)["TagList"]


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


def encryption(clients: Clients, physical_id: str) -> Any:
    found = clients("s3").get_bucket_encryption(Bucket=physical_id)["ServerSideEncryptionConfiguration"]["Rules"]
    return found[0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]


def versioning(clients: Clients, physical_id: str) -> Any:
    return clients("s3").get_bucket_versioning(Bucket=physical_id).get("Status")


def expiry(clients: Clients, physical_id: str) -> Any:
    return clients("s3").get_bucket_lifecycle_configuration(Bucket=physical_id)["Rules"][0]["Expiration"]["Days"]


def or_none(of: Probe) -> Probe:
    """Return a probe that finds None where S3 answers that there is no such configuration."""

    def probe(clients: Clients, physical_id: str) -> Any:
        try:
            return of(clients, physical_id)
        except ClientError as error:
            if re.match("NoSuch|OwnershipControlsNotFound", error.response["Error"]["Code"]):
                return None
            raise

    return probe


blocks = or_none(
    lambda clients, name: clients("s3").get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"][
        "BlockPublicAcls"
    ]
)
owner = or_none(
    lambda clients, name: clients("s3").get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"][0][
        "ObjectOwnership"
    ]
)
tags_of_bucket = or_none(lambda clients, name: clients("s3").get_bucket_tagging(Bucket=name)["TagSet"])


def sid_of_bucket(clients: Clients, physical_id: str) -> Any:
    return json.loads(clients("s3").get_bucket_policy(Bucket=physical_id)["Policy"])["Statement"][0]["Sid"]


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


def expires(days: int) -> dict[str, Any]:
    return {"Rules": [{"Id": "old", "Status": "Enabled", "ExpirationInDays": days}]}


def sse(algorithm: str) -> dict[str, Any]:
    return {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": algorithm}}]}


def open_to_all(sid: str) -> dict[str, Any]:
    statement = {"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


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
OWNED = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
ON = {"Status": "Enabled"}
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
    Case(
        "AWS::S3::Bucket",
        {"BucketEncryption": sse("AES256"), "LifecycleConfiguration": expires(30), "VersioningConfiguration": ON},
        lambda clients, physical_id: bool(clients("s3").head_bucket(Bucket=physical_id)),
        [
            InPlace({"BucketEncryption": sse("aws:kms")}, encryption, "AES256", "aws:kms"),
            InPlace({"VersioningConfiguration": {"Status": "Suspended"}}, versioning, "Enabled", "Suspended"),
            InPlace({"LifecycleConfiguration": expires(90)}, expiry, 30, 90),
            InPlace({"PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}, blocks, None, True),
            InPlace({"OwnershipControls": OWNED}, owner, None, "BucketOwnerEnforced"),
            tagged(tags_of_bucket),
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
