import sys

import pytest

from api_platform import access
from api_platform.access import Role, Statement
from api_platform.environment import Environment
from api_platform.rules.queues_agree_with_roles import RULE
from api_platform.service import QueueConsumer, Workload
from tests.rules.platform import QUEUE_URL, Platform

ARN = "arn:aws:sqs:eu-west-1:123456789012:production"


def values(platform: Platform) -> list[str]:
    return [finding.value for finding in platform.ask(RULE)]


def test_an_address_that_the_role_does_not_reach_is_found(platform: Platform) -> None:
    """A queue's URL typed into `settings`: it looks right, and every receive is denied."""
    platform.one("ConfigMap", "stock")["data"]["QUEUE_URL"] = QUEUE_URL
    assert values(platform) == [f"is told of {ARN}-parcels, which its role does not reach"]


@pytest.mark.parametrize(
    "url", [QUEUE_URL.replace("production", "staging"), QUEUE_URL.replace("eu-west-1", "eu-west-2")]
)
def test_the_queue_of_another_environment_is_found(platform: Platform, url: str) -> None:
    platform.one("ConfigMap", "parcels")["data"]["QUEUE_URL"] = url
    assert platform.subjects(RULE) == ["parcels", "parcels"]


def test_a_queue_that_the_configuration_leaves_out_is_found(platform: Platform) -> None:
    del platform.one("ConfigMap", "orders")["data"]["PARCELS_QUEUE_URL"]
    assert values(platform) == [f"declares {ARN}-parcels, of which its ConfigMap says nothing"]


@pytest.mark.parametrize("resource", [f"{ARN}-orders", f"{ARN}-*", "*"])
def test_a_role_that_reaches_more_than_is_declared_is_found(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, resource: str
) -> None:
    def generous(environment: Environment, workload: Workload) -> Role | None:
        role = access.workload_role(environment, workload)
        more = Statement(("sqs:ReceiveMessage",), (resource,))
        return role and Role(role.subject, role.namespace, role.service_account, (*role.statements, more))

    # By `sys.modules`, since in the package the rule's function has its module's name.
    monkeypatch.setattr(sys.modules["api_platform.rules.queues_agree_with_roles"], "workload_role", generous)
    assert f"its role reaches {resource}, which it does not declare" in values(platform)


def test_a_scaler_that_looks_at_the_queue_of_another_is_found(platform: Platform) -> None:
    platform.respecify("stock", uses=(QueueConsumer(longest_job_seconds=1),))
    platform.one("ConfigMap", "stock")["data"]["QUEUE_URL"] = QUEUE_URL.replace("parcels", "stock")
    trigger = platform.one("ScaledObject", "parcels")["spec"]["triggers"][0]
    trigger["metadata"]["queueURL"] = QUEUE_URL.replace("parcels", "stock")
    assert values(platform) == [f"ScaledObject/parcels goes by {ARN}-stock instead of {ARN}-parcels"]


def test_a_queue_that_keda_may_not_read_is_found(platform: Platform) -> None:
    trigger = platform.one("ScaledObject", "parcels")["spec"]["triggers"][0]
    trigger["metadata"]["queueURL"] = QUEUE_URL.replace("parcels", "unknown")
    assert f"ScaledObject/parcels reads {ARN}-unknown, which KEDA's role may not" in values(platform)


def test_a_scaler_that_looks_in_another_region_is_found(platform: Platform) -> None:
    platform.one("ScaledObject", "parcels")["spec"]["triggers"][0]["metadata"]["awsRegion"] = "us-east-1"
    assert values(platform) == ["ScaledObject/parcels looks in us-east-1 instead of eu-west-1"]


@pytest.mark.parametrize("identity", [{"provider": "aws", "identityOwner": "workload"}, {"provider": "aws-eks"}, None])
def test_a_scaler_under_another_identity_than_kedas_is_found(platform: Platform, identity: object) -> None:
    """The worker's own role would have to trust KEDA's operator."""
    platform.one("TriggerAuthentication", "parcels")["spec"]["podIdentity"] = identity
    assert platform.subjects(RULE) == ["parcels"]
