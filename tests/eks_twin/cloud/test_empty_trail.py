import boto3
import pytest
from moto import mock_aws
from moto.cloudtrail import responses

from eks_twin.cloud.empty_trail import keep_an_empty_trail

pytestmark = pytest.mark.slow


def test_a_failed_deployment_that_is_looked_up_there_has_left_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """The CDK CLI tried seven times in 28 s, since moto does not know the call; each failed deployment took as long."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setattr(responses.CloudTrailResponse, "lookup_events", None, raising=False)
    keep_an_empty_trail()
    with mock_aws():
        assert boto3.client("cloudtrail", region_name="eu-west-1").lookup_events(MaxResults=50)["Events"] == []
