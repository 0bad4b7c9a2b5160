"""An account with each fault: what is missing is found, and nothing else is said."""

from collections.abc import Callable

import pytest

from api_platform import names
from api_platform.account_demands import control_plane_log_group
from tests.preflight.simulated_account import (
    DENIED,
    INDEX,
    REGION,
    SimulatedAccount,
    aws,
    delegate,
    index,
    push,
)

Fault = Callable[[SimulatedAccount], object]


def no_bootstrap(_: SimulatedAccount) -> None:
    aws("ssm").delete_parameter(Name="/cdk-bootstrap/hnb659fds/version")


def old_bootstrap(_: SimulatedAccount) -> None:
    ssm = aws("ssm")
    ssm.put_parameter(Name="/cdk-bootstrap/hnb659fds/version", Value="5", Type="String", Overwrite=True)


def no_role(_: SimulatedAccount) -> None:
    aws("iam").delete_role(RoleName="administrators")


def role_with_a_path(account: SimulatedAccount) -> None:
    no_role(account)
    iam = aws("iam")
    iam.create_role(RoleName="administrators", Path="/aws-reserved/", AssumeRolePolicyDocument="{}")


def no_such_zone(account: SimulatedAccount) -> None:
    account.change(zones=("eu-west-1a", "eu-west-1f"))


def no_such_type(account: SimulatedAccount) -> None:
    account.resize("m99g.large")


def few_vcpus(account: SimulatedAccount) -> None:
    account.quotas["L-1216C47A"] = 5.0


def machines_of_others(_: SimulatedAccount) -> None:
    ec2 = aws("ec2")
    image = ec2.register_image(Name="machine", RootDeviceName="/dev/xvda", Architecture="arm64")["ImageId"]
    ec2.run_instances(ImageId=image, MinCount=7, MaxCount=7, InstanceType="m7g.2xlarge")


def few_executions(account: SimulatedAccount) -> None:
    account.executions = 39


def addresses_of_others(_: SimulatedAccount) -> None:
    for _number in range(3):
        aws("ec2").allocate_address(Domain="vpc")


def no_image(_: SimulatedAccount) -> None:
    ids = [{"imageTag": "v1.2.3"}]
    aws("ecr").batch_delete_image(repositoryName="stock", imageIds=ids)


def no_repository(_: SimulatedAccount) -> None:
    aws("ecr").delete_repository(repositoryName="orders", force=True)


def index_for_other_processors(_: SimulatedAccount) -> None:
    push("stock", index("amd64"), INDEX)


def image_for_other_processors(account: SimulatedAccount) -> None:
    account.architecture = "amd64"


def no_hosted_zone(account: SimulatedAccount) -> None:
    account.change(hosted_zone_id="Z00000000000")


def no_delegation(_: SimulatedAccount) -> None:
    route53 = aws("route53")
    (above,) = route53.list_hosted_zones_by_name(DNSName="example.com", MaxItems="1")["HostedZones"]
    records = route53.list_resource_record_sets(HostedZoneId=above["Id"])["ResourceRecordSets"]
    (ours,) = [one for one in records if one["Name"] == "api.example.com."]
    changes = {"Changes": [{"Action": "DELETE", "ResourceRecordSet": ours}]}
    route53.change_resource_record_sets(HostedZoneId=above["Id"], ChangeBatch=changes)
    delegate(above["Id"], "web.example.com", ["ns.example.net"])  # Route 53 answers with the next one


def no_secret(_: SimulatedAccount) -> None:
    secrets = aws("secretsmanager")
    secrets.delete_secret(SecretId="production/database", ForceDeleteWithoutRecovery=True)


def dying_secret(_: SimulatedAccount) -> None:
    aws("secretsmanager").delete_secret(SecretId="production/database")


def empty_secret(account: SimulatedAccount) -> None:
    no_secret(account)
    aws("secretsmanager").create_secret(Name="production/database")


def bucket_of_before(account: SimulatedAccount) -> None:
    place = {"LocationConstraint": REGION}
    bucket = names.bucket_name(account.environment, "media")
    aws("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=place)


def queue_of_before(_: SimulatedAccount) -> None:
    aws("sqs").create_queue(QueueName="production-parcels")


def log_group_of_before(account: SimulatedAccount) -> None:
    group = control_plane_log_group(account.environment)
    aws("logs").create_log_group(logGroupName=group)


FAULTS: dict[Fault, tuple[str, str]] = {
    no_bootstrap: ("bootstrap-is-there", "is not bootstrapped"),
    old_bootstrap: ("bootstrap-is-there", "has version 5"),
    no_role: ("administrator-roles-exist", "it does not exist"),
    role_with_a_path: ("administrator-roles-exist", "its ARN is arn:aws:iam::123456789012:role/aws-reserved/admin"),
    no_such_type: ("zones-offer-the-instance-types", "m99g.large is not offered in eu-west-1"),
    few_vcpus: ("vcpu-quota-holds-the-nodes", "16 vCPUs are needed at the start, and 5 are left"),
    machines_of_others: ("vcpu-quota-holds-the-nodes", "16 vCPUs are needed at the start, and 8 are left"),
    few_executions: ("lambda-runs-the-stacks", "4 stacks at once need 40"),
    addresses_of_others: ("elastic-ips-suffice", "take 3, and 2 are left"),
    no_image: ("images-are-pushed", "stock:v1.2.3"),
    no_repository: ("images-are-pushed", "orders:v1.2.3@sha256:"),
    index_for_other_processors: ("images-fit-the-nodes", "arm64, and it is built for amd64"),
    image_for_other_processors: ("images-fit-the-nodes", "arm64, and it is built for amd64"),
    no_hosted_zone: ("hosted-zone-is-delegated", "it does not exist"),
    no_delegation: ("hosted-zone-is-delegated", "the hosted zone of example.com sends the world to nobody"),
    no_secret: ("secrets-exist", "it does not exist"),
    dying_secret: ("secrets-exist", "it is being deleted"),
    empty_secret: ("secrets-exist", "it has no value"),
    bucket_of_before: ("names-are-free", "no stack of ours holds it"),
    queue_of_before: ("names-are-free", "no stack of ours holds it"),
    log_group_of_before: ("names-are-free", "no stack of ours holds it"),
}
"""Fault -> the check that finds it, and words of what it says."""


def test_in_an_account_that_has_everything_nothing_is_found_and_all_is_read(account: SimulatedAccount) -> None:
    assert account.found() == ()
    assert account.read().left_out == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_fault_is_found_and_nothing_else(account: SimulatedAccount, fault: Fault) -> None:
    fault(account)
    (found,) = account.found()
    check, words = FAULTS[fault]
    assert found.check == check
    assert words in found.what


def test_a_zone_that_is_not_there_is_found_also_by_what_it_offers(account: SimulatedAccount) -> None:
    no_such_zone(account)
    assert {one.check for one in account.found()} == {"zones-are-available", "zones-offer-the-instance-types"}


def test_names_that_a_stack_of_ours_holds_are_free_to_it(account: SimulatedAccount) -> None:
    """After the first deployment all of them are there, and nothing is wrong with that."""
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "production-parcels"}}
    template = f'{{"Resources": {{"Queue": {str(queue).replace(chr(39), chr(34))}}}}}'
    cloudformation = aws("cloudformation")
    cloudformation.create_stack(StackName="production-parcels-queues", TemplateBody=template)
    assert account.found() == ()
    cloudformation.create_stack(StackName="others", TemplateBody=template.replace("-parcels", "-parcels-dead-letter"))
    assert [one.object for one in account.found()] == ["queue production-parcels-dead-letter"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("iam.GetRole", "cannot read the administrators' roles"),
        ("ecr.BatchGetImage", "cannot ask ECR for 123456789012.dkr.ecr.eu-west-1.amazonaws.com/stock:v1.2.3"),
        ("route53.ListHostedZonesByName", "cannot see who delegates api.example.com"),
        ("s3.ListBuckets", "cannot look for names that are taken"),
        ("ssm.GetParameter", "cannot read what cdk bootstrap has left"),
    ],
)
def test_a_call_that_is_denied_is_left_out_and_told(account: SimulatedAccount, call: str, says: str) -> None:
    DENIED.add(call)
    assert account.found() == ()
    assert any(
        sentence.startswith(f"{says}: the AWS credentials do not allow it.") and call in sentence
        for sentence in account.read().left_out
    )
