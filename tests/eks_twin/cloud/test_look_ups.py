"""What templates look up: dynamic references, zones."""

import json

import pytest

from eks_twin.aws_clients import Clients
from eks_twin.cloud.look_ups import LookUps
from tests.eks_twin.cloud.templates import queue, status, template

pytestmark = pytest.mark.slow


def test_a_parameter_is_resolved_in_its_newest_version_or_the_one_that_is_named(clients: Clients, name: str) -> None:
    clients("ssm").put_parameter(Name=f"/{name}", Value="one", Type="String")
    clients("ssm").put_parameter(Name=f"/{name}", Value="two", Type="String", Overwrite=True)
    look_ups = LookUps(clients)
    assert look_ups.dynamic_reference("ssm", f"/{name}") == "two"
    assert look_ups.dynamic_reference("ssm", f"/{name}:1") == "one"


def test_a_secure_parameter_is_resolved_as_one_and_no_other_is(clients: Clients, name: str) -> None:
    clients("ssm").put_parameter(Name=f"/{name}", Value="plain", Type="String")
    clients("ssm").put_parameter(Name=f"/{name}-secure", Value="hunter2", Type="SecureString")
    look_ups = LookUps(clients)
    assert look_ups.dynamic_reference("ssm-secure", f"/{name}-secure") == "hunter2"
    with pytest.raises(LookupError, match="SecureString, which ssm-secure resolves"):
        look_ups.dynamic_reference("ssm", f"/{name}-secure")
    with pytest.raises(LookupError, match="String, which ssm resolves"):
        look_ups.dynamic_reference("ssm-secure", f"/{name}")


def test_a_secret_is_resolved_whole_by_its_key_its_stage_and_its_arn(clients: Clients, name: str) -> None:
    secrets = clients("secretsmanager")
    first, second = ({"password": password, "port": 5432} for password in ("hunter2", "hunter3"))
    arn = secrets.create_secret(Name=name, SecretString=json.dumps(first))["ARN"]
    secrets.put_secret_value(SecretId=name, SecretString=json.dumps(second))
    resolved = LookUps(clients).dynamic_reference
    assert json.loads(resolved("secretsmanager", name)) == second
    assert resolved("secretsmanager", f"{name}:SecretString:password::") == "hunter3"
    assert resolved("secretsmanager", f"{name}:SecretString:password:AWSPREVIOUS") == "hunter2"
    assert resolved("secretsmanager", f"{arn}:SecretString:port") == "5432"


@pytest.mark.parametrize(
    ("service", "wanted", "reason"),
    [
        ("ssm", "/no/such", "/no/such"),
        ("secretsmanager", "no-such", "can't find the specified secret"),
        ("secretsmanager", "{}:SecretBinary", "SecretString alone, not SecretBinary"),
        ("secretsmanager", "{}:SecretString:user", "JSONKey user"),
        ("secretsmanager", "{}-text:SecretString:user", "JSONKey user"),
        ("parameters", "/x", "the services are ssm, ssm-secure and secretsmanager"),
    ],
)
def test_where_there_is_nothing_the_reason_is_told(
    clients: Clients, name: str, service: str, wanted: str, reason: str
) -> None:
    clients("secretsmanager").create_secret(Name=name, SecretString="{}")
    clients("secretsmanager").create_secret(Name=f"{name}-text", SecretString="text")
    with pytest.raises(LookupError, match=reason):
        LookUps(clients).dynamic_reference(service, wanted.format(name))


def test_zones_are_those_of_the_region_and_of_no_other(clients: Clients) -> None:
    look_ups = LookUps(clients)
    assert look_ups.zones("eu-west-1") == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    with pytest.raises(KeyError):
        look_ups.zones("us-east-1")


def test_a_stack_is_given_the_value_and_shows_no_secret(clients: Clients, name: str) -> None:
    clients("ssm").put_parameter(Name=f"/{name}", Value="33", Type="String")
    clients("secretsmanager").create_secret(Name=name, SecretString="hunter2")
    tags = [{"Key": "secret", "Value": f"{{{{resolve:secretsmanager:{name}}}}}"}]
    body = template(Queue=queue(name, VisibilityTimeout=f"{{{{resolve:ssm:/{name}}}}}", Tags=tags))
    clients("cloudformation").create_stack(StackName=name, TemplateBody=body)
    assert status(clients, name) == "CREATE_COMPLETE"
    url = clients("sqs").get_queue_url(QueueName=name)["QueueUrl"]
    attributes = clients("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    assert attributes["Attributes"]["VisibilityTimeout"] == "33"
    assert clients("sqs").list_queue_tags(QueueUrl=url)["Tags"]["secret"] == "hunter2"
    told = [
        clients("cloudformation").describe_stacks(StackName=name),
        clients("cloudformation").describe_stack_events(StackName=name),
        clients("cloudformation").get_template(StackName=name),
    ]
    assert "hunter2" not in repr(told)


def test_a_parameter_of_a_stack_may_be_kept_in_systems_manager(clients: Clients, name: str) -> None:
    clients("ssm").put_parameter(Name=f"/{name}", Value="33", Type="String")
    look_ups = LookUps(clients)
    assert look_ups.ssm_parameter(f"/{name}") == "33"
    with pytest.raises(KeyError):
        look_ups.ssm_parameter("/no/such")
