"""Why AWS could not be asked: a sentence for each reason, since each has another way out."""

import subprocess
import sys
from pathlib import Path

import boto3
import pytest
from botocore import exceptions
from botocore.stub import Stubber

from api_platform.aws_calls import aws_calls, require_account, session
from api_platform.errors import InputError


def refused(code: str) -> exceptions.ClientError:
    return exceptions.ClientError({"Error": {"Code": code, "Message": "said by AWS"}}, "Operation")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (exceptions.NoCredentialsError(), "no AWS credentials were found. Sign in"),
        (exceptions.PartialCredentialsError(provider="env", cred_var="secret"), "no AWS credentials were found"),
        (exceptions.ProfileNotFound(profile="ours"), "aws configure list-profiles"),
        (exceptions.UnauthorizedSSOTokenError(), "aws sso login"),
        (exceptions.TokenRetrievalError(provider="sso", error_msg="gone"), "aws sso login"),
        (exceptions.EndpointConnectionError(endpoint_url="https://sqs"), "AWS was not reached"),
        (exceptions.ConnectTimeoutError(endpoint_url="https://sqs"), "AWS was not reached"),
        (refused("ExpiredToken"), "have expired. Sign in again. (said by AWS)"),
        (refused("InvalidClientTokenId"), "does not know these credentials"),
        (refused("AccessDenied"), "do not allow it"),
        (ValueError("Invalid endpoint: x"), "Check AWS_ENDPOINT_URL"),
        (exceptions.ParamValidationError(report="Invalid length for repositoryName"), "AWS can have no such name"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_each_reason_is_told_with_its_way_out(error: Exception, says: str) -> None:
    with pytest.raises(InputError) as refusal, aws_calls("read the alarms"):
        raise error
    assert str(refusal.value).startswith("cannot read the alarms: ")
    assert says in str(refusal.value)


def test_an_answer_goes_through() -> None:
    """Whether a missing queue is a fault is its caller's to say."""
    with pytest.raises(exceptions.ClientError), aws_calls("read the alarms"):
        raise refused("QueueDoesNotExist")


def test_an_answer_that_no_caller_expects_is_told_too() -> None:
    """A plan that ends in a traceback says nothing to whoever waits for it."""
    with pytest.raises(InputError) as refusal, aws_calls("read the stacks", every_refusal=True):
        raise refused("Throttling")
    assert "cannot read the stacks: AWS answers Throttling. (said by AWS)" in str(refusal.value)


def test_an_error_of_ours_is_none_of_awss() -> None:
    with pytest.raises(ValueError, match="no JSON"), aws_calls("read the stacks"):
        raise ValueError("no JSON")


def test_the_session_is_for_the_region_and_for_the_role(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"AWS_ACCESS_KEY_ID": "anybody", "AWS_SECRET_ACCESS_KEY": "any"}.items():
        monkeypatch.setenv(name, value)
    sts = boto3.client("sts", region_name="eu-west-1")
    given = {
        "AccessKeyId": "of-the-role-1234",
        "SecretAccessKey": "any",
        "SessionToken": "any",
        "Expiration": "2030-01-01T00:00:00Z",
    }
    role = "arn:aws:iam::111111111111:role/check"
    monkeypatch.setattr(boto3.session.Session, "client", lambda _self, _service: sts)
    with Stubber(sts) as stub:
        stub.add_response("assume_role", {"Credentials": given}, {"RoleArn": role, "RoleSessionName": "api-platform"})
        found = session("eu-west-1", role)
    assert (found.region_name, found.get_credentials().access_key) == ("eu-west-1", "of-the-role-1234")


def test_where_only_make_synth_was_run_the_way_out_is_told(tmp_path: Path) -> None:
    code = "import sys; sys.modules['boto3'] = None; from api_platform.aws_calls import session; session('eu-west-1')"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "boto3 is needed, which is not installed. Run: make setup" in done.stderr


class FakeSts:
    """Says whose credentials these are."""

    def get_caller_identity(self) -> dict[str, str]:
        return {"Account": "999999999999"}


def test_credentials_of_another_account_are_refused_with_both_ways_out() -> None:
    """All would seem to be missing there."""
    with pytest.raises(InputError) as refusal:
        require_account(FakeSts(), "111111111111", "staging", "leave AWS out: --no-aws")
    assert str(refusal.value) == (
        "the AWS credentials are of account 999999999999; staging is in 111111111111. Sign in there, or leave AWS out: "
        "--no-aws"
    )


def test_those_of_the_account_are_taken() -> None:
    require_account(FakeSts(), "999999999999", "staging", "")
