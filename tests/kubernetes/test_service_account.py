import pytest

from api_platform.kubernetes.service_account import secret_reader_account, service_account
from api_platform.service import (
    BucketAccess,
    CacheAccess,
    DatabaseAccess,
    Need,
    QueueConsumer,
    QueueSender,
    SecretAccess,
)
from tests.kubernetes.pods import pod_of
from tests.rendering import Manifest, object_of
from tests.specs import a_service, a_workload, an_environment, in_context

ENVIRONMENT = an_environment(name="staging", account="123456789012", region="eu-west-1")


def rendered(*uses: Need) -> Manifest:
    workload = a_workload(name="orders", uses=uses)
    return object_of(lambda chart: service_account(chart, in_context(ENVIRONMENT, a_service(workload), workload)))


def secret_reader() -> Manifest:
    return object_of(lambda chart: secret_reader_account(chart, ENVIRONMENT))


def test_it_is_the_account_that_the_pods_run_as() -> None:
    metadata = rendered()["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", pod_of(a_workload())["serviceAccountName"])


@pytest.mark.parametrize(
    "need",
    [
        QueueConsumer(longest_job_seconds=60),
        QueueSender(queue="parcels"),
        BucketAccess(bucket="media", mode="read"),
    ],
    ids=lambda need: type(need).__name__,
)
def test_with_a_need_of_aws_it_has_its_own_role(need: Need) -> None:
    """A literal, not a token of CloudFormation: the stack makes the role under this very name."""
    assert rendered(need)["metadata"]["annotations"] == {
        "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/staging-eu-west-1-orders"
    }


@pytest.mark.parametrize(
    "need", [DatabaseAccess(), CacheAccess(), SecretAccess(secret="jwt")], ids=lambda need: type(need).__name__
)
def test_without_a_need_of_aws_it_has_no_role(need: Need) -> None:
    """The role would not exist, and the SDK would fail on it instead of saying that there are no credentials."""
    assert "annotations" not in rendered(need)["metadata"]


@pytest.mark.parametrize("account", [rendered(), secret_reader()], ids=["workload", "secret reader"])
def test_no_token_of_it_is_mounted(account: Manifest) -> None:
    """No workload talks to the Kubernetes API. IRSA mounts its own token, for AWS alone."""
    assert account["automountServiceAccountToken"] is False


def test_it_holds_no_secrets() -> None:
    assert "secrets" not in rendered()


def test_secrets_are_read_under_a_role_of_this_namespace() -> None:
    assert secret_reader()["metadata"]["annotations"] == {
        "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/staging-eu-west-1-secret-reader"
    }


def test_the_secret_reader_is_the_account_that_the_store_names() -> None:
    metadata = secret_reader()["metadata"]
    assert (metadata["namespace"], metadata["name"]) == ("staging", "secret-reader")
