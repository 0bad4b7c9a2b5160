import pytest

from api_platform.account_demands import FixedName
from tests.preflight.prepared import with_account

CHECK = "names-are-free"


@pytest.mark.parametrize(
    ("kind", "name", "shown", "stack", "delete"),
    [
        (
            "AWS::S3::Bucket",
            "production-media-123456789012-eu-west-1",
            "bucket",
            "storage",
            "aws s3 rb s3://production-media-123456789012-eu-west-1 --region eu-west-1",
        ),
        (
            "AWS::SQS::Queue",
            "production-parcels-dead-letter",
            "queue",
            "parcels-queues",
            "sqs.eu-west-1.amazonaws.com/123456789012/production-parcels-dead-letter --region eu-west-1",
        ),
        (
            "AWS::Logs::LogGroup",
            "/aws/eks/production-api-platform/cluster",
            "log group",
            "cluster",
            "aws logs delete-log-group --log-group-name /aws/eks/production-api-platform/cluster --region eu-west-1",
        ),
    ],
)
def test_what_a_deployment_from_before_has_left_is_found(
    kind: str, name: str, shown: str, stack: str, delete: str
) -> None:
    """The second deployment after a destroy stops at each of them: AlreadyExists."""
    found = with_account(taken_names=frozenset({FixedName(kind, name)})).only(CHECK)
    assert found.object == f"{shown} {name}"
    assert f"npx cdk import production/{stack}." in found.remedy
    assert found.remedy.endswith(delete)


def test_names_that_were_not_read_are_left_out() -> None:
    assert with_account(taken_names=None).say(CHECK) == []
