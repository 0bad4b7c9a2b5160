"""The names on which the AWS side and the Kubernetes side must agree, letter by letter."""

from collections.abc import Callable

import pytest

from api_platform import names
from api_platform.environment import Environment
from api_platform.errors import InputError
from tests.specs import an_environment

STAGING = an_environment(
    name="staging",
    account="222222222222",
    region="eu-north-1",
    zones=("eu-north-1a", "eu-north-1b"),
    domain="s.example",
)


@pytest.mark.parametrize(
    ("make", "subject", "name"),
    [
        (names.role_name, "orders", "staging-eu-north-1-orders"),
        (names.role_arn, "orders", "arn:aws:iam::222222222222:role/staging-eu-north-1-orders"),
        (names.queue_name, "orders", "staging-orders"),
        (names.dead_letter_queue_name, "orders", "staging-orders-dead-letter"),
        (names.queue_arn, "orders", "arn:aws:sqs:eu-north-1:222222222222:staging-orders"),
        (names.queue_url, "orders", "https://sqs.eu-north-1.amazonaws.com/222222222222/staging-orders"),
        (names.dead_letter_queue_arn, "orders", "arn:aws:sqs:eu-north-1:222222222222:staging-orders-dead-letter"),
        (
            names.dead_letter_queue_url,
            "orders",
            "https://sqs.eu-north-1.amazonaws.com/222222222222/staging-orders-dead-letter",
        ),
        (names.bucket_name, "media", "staging-media-222222222222-eu-north-1"),
        (names.bucket_arn, "media", "arn:aws:s3:::staging-media-222222222222-eu-north-1"),
        (names.key_alias, "messaging", "alias/staging-messaging"),
        (names.secret_name, "jwt", "staging/jwt"),
        (names.secret_arn_pattern, "jwt", "arn:aws:secretsmanager:eu-north-1:222222222222:secret:staging/jwt-??????"),
        (names.public_host, "api", "api.s.example"),
        (names.mesh_host, "orders", "orders.staging.svc.cluster.local"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_name_follows_from_the_environment(make: Callable[[Environment, str], str], subject: str, name: str) -> None:
    assert make(STAGING, subject) == name


def test_the_namespace_is_named_after_the_environment() -> None:
    assert names.namespace_name(STAGING) == "staging"


def test_a_cluster_is_named_after_its_environment() -> None:
    assert names.cluster_name(STAGING) == "staging-api-platform"


def test_the_cache_has_a_private_name_of_its_environment() -> None:
    assert names.cache_host(STAGING) == "cache.staging.internal"


def test_a_token_and_a_trust_policy_call_a_service_account_alike() -> None:
    assert names.service_account_subject("staging", "orders") == "system:serviceaccount:staging:orders"


def test_a_certificate_and_an_authorization_policy_call_a_service_account_alike() -> None:
    """Istio compares without `spiffe://`; with it, the policy would match nobody."""
    assert names.principal("staging", "orders") == "cluster.local/ns/staging/sa/orders"


def test_a_role_of_64_characters_is_the_longest() -> None:
    subject = "a" * (64 - len("staging-eu-north-1-"))
    assert len(names.role_name(STAGING, subject)) == 64


def test_a_longer_role_is_refused_with_how_much_to_cut() -> None:
    """CloudFormation would refuse it, after the cluster is up."""
    subject = "a" * (67 - len("staging-eu-north-1-"))
    with pytest.raises(InputError) as refused:
        names.role_arn(STAGING, subject)
    assert f"workload '{subject}': its role 'staging-eu-north-1-{subject}' would have 67 characters" in str(
        refused.value
    )
    assert "Shorten the workload's name by 3." in str(refused.value)
