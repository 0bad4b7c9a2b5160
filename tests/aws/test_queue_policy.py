"""Who gets into a queue, read from the synthesized policies."""

from collections.abc import Sequence
from typing import Any

import pytest

from api_platform import names
from api_platform.access import queue_access
from api_platform.aws.queue_policy import RECEIVING, SENDING
from api_platform.environment import ENVIRONMENT_NAMES, Environment, load_environments
from api_platform.services import all_services
from tests.aws.synthesized import Synthesized

pytestmark = [pytest.mark.aws, pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)]


def statements(synthesized: Synthesized, environment: str) -> dict[str, list[dict[str, Any]]]:
    """Return queue name -> the statements of its policy."""
    resources = synthesized.resources(f"{environment}/worker-service-queues")
    return {
        resources[queue["Ref"]]["Properties"]["QueueName"]: policy["Properties"]["PolicyDocument"]["Statement"]
        for policy in resources.values()
        if policy["Type"] == "AWS::SQS::QueuePolicy"
        for queue in policy["Properties"]["Queues"]
    }


def admitted(policy: Sequence[dict[str, Any]], action: str) -> set[str]:
    """Return the roles that the policy does not deny `action` to."""
    (roles,) = [
        set(one["Condition"]["ArnNotEquals"]["aws:PrincipalArn"])
        for one in policy
        if "ArnNotEquals" in one["Condition"] and action in one["Action"]
    ]
    return roles


def loaded(environment: str) -> Environment:
    (one,) = load_environments(environment)
    return one


def test_every_queue_takes_tls_only(synthesized: Synthesized, environment: str) -> None:
    for policy in statements(synthesized, environment).values():
        assert {"Bool": {"aws:SecureTransport": "false"}} in [one["Condition"] for one in policy]


def test_policies_only_deny(synthesized: Synthesized, environment: str) -> None:
    """An Allow would add to other policies and keep nobody out; grants stand in the roles alone."""
    for policy in statements(synthesized, environment).values():
        assert {one["Effect"] for one in policy} == {"Deny"}


def test_nobody_but_the_consumer_takes_messages_out(synthesized: Synthesized, environment: str) -> None:
    found = statements(synthesized, environment)
    for access in queue_access(loaded(environment), all_services(loaded(environment))):
        policy = found[names.queue_name(loaded(environment), access.consumer)]
        for action in RECEIVING:
            assert admitted(policy, action) == {access.consumer_role}


def test_nobody_but_the_senders_and_administrators_puts_messages_in(synthesized: Synthesized, environment: str) -> None:
    """Administrators, since SQS moves dead letters back in their name."""
    found = statements(synthesized, environment)
    administrators = set(loaded(environment).administrator_roles)
    for access in queue_access(loaded(environment), all_services(loaded(environment))):
        policy = found[names.queue_name(loaded(environment), access.consumer)]
        assert admitted(policy, *SENDING) == set(access.sender_roles) | administrators


def test_the_senders_are_those_whose_specs_say_so(synthesized: Synthesized, environment: str) -> None:
    found = statements(synthesized, environment)
    for queue, sender in (
        ("media-processor", "media-service"),
        ("outbox-processor", "api-service"),
        ("data-export", "api-service"),
    ):
        roles = admitted(found[f"{environment}-{queue}"], *SENDING) - set(loaded(environment).administrator_roles)
        assert {role.rpartition("/")[2] for role in roles} == {f"{environment}-eu-west-1-{sender}"}


def test_dead_letters_are_for_administrators(synthesized: Synthesized, environment: str) -> None:
    """They are customers' data, often with what made them fail."""
    for name, policy in statements(synthesized, environment).items():
        if name.endswith("-dead-letter"):
            for action in (*SENDING, *RECEIVING):
                assert admitted(policy, action) == set(loaded(environment).administrator_roles)


def test_no_principal_is_a_role_that_may_not_exist_yet(synthesized: Synthesized, environment: str) -> None:
    """AWS refuses a policy whose Principal does not exist, and the workloads' roles come after the queues."""
    for policy in statements(synthesized, environment).values():
        assert {str(one["Principal"]) for one in policy} == {"{'AWS': '*'}"}


def test_aws_takes_so_many_actions_a_statement(synthesized: Synthesized, environment: str) -> None:
    """SQS takes 7."""
    for policy in statements(synthesized, environment).values():
        assert all(len(one["Action"]) <= 7 for one in policy if isinstance(one["Action"], list))
