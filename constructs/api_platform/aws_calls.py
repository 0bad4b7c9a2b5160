"""How AWS is asked: a session for one region, and each reason why it does not answer as a sentence of its own.

boto3 comes with `make setup` and `make deploy`, not with `make synth`; so it is imported when AWS is asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from api_platform.errors import InputError

_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_UNKNOWN = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"})
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})


def session(region: str, role: str | None = None) -> Any:
    """Return a boto3 session with the caller's credentials, or with those of the IAM role of this ARN.

    Raises InputError where boto3 is not installed, there are no credentials, or the role may not be assumed.
    """
    try:
        import boto3
        from botocore.config import Config
        from botocore.session import Session
    except ModuleNotFoundError:
        raise InputError("to ask AWS, boto3 is needed, which is not installed. Run: make setup") from None
    core = Session()
    core.set_default_client_config(Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 3}))
    with aws_calls(f"assume {role}" if role else "sign in"):
        own = boto3.session.Session(botocore_session=core, region_name=region)
        if role is None:
            return own
        given = own.client("sts").assume_role(RoleArn=role, RoleSessionName="api-platform")["Credentials"]
    core.set_credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
    return own


def require_account(sts: Any, account: str, whose: str, otherwise: str) -> None:
    """Refuse credentials of another account, in which all would seem to be missing. Raises InputError.

    `sts`: its boto3 client. `whose`: what is in the account, e.g. `staging`. `otherwise`: the other way out.
    """
    with aws_calls("ask AWS whose credentials these are"):
        signed_in_to = sts.get_caller_identity()["Account"]
    if signed_in_to != account:
        raise InputError(
            f"the AWS credentials are of account {signed_in_to}; {whose} is in {account}. Sign in there, or {otherwise}"
        )


@contextmanager
def aws_calls(purpose: str, *, every_refusal: bool = False) -> Iterator[None]:
    """Tell why AWS could not be asked, as an InputError; other answers of AWS go through.

    `purpose`: what the calls are for, an infinitive, e.g. `read the alarms of staging`. `every_refusal`: whether other
    answers are told so, too, since no caller knows what to do about them; default: no.
    """
    from botocore import exceptions

    try:
        yield
    except (exceptions.NoCredentialsError, exceptions.PartialCredentialsError):
        raise InputError(f"cannot {purpose}: no AWS credentials were found. Sign in, or set AWS_PROFILE.") from None
    except exceptions.ProfileNotFound as error:
        raise InputError(f"cannot {purpose}: {error}. Set AWS_PROFILE to one of: aws configure list-profiles") from None
    except (exceptions.SSOError, exceptions.TokenRetrievalError, exceptions.CredentialRetrievalError) as error:
        raise InputError(f"cannot {purpose}: {error}. Sign in again, e.g. by aws sso login.") from None
    except (exceptions.ConnectionError, exceptions.HTTPClientError) as error:
        raise InputError(f"cannot {purpose}: AWS was not reached ({error}). Check network and region.") from None
    except exceptions.ClientError as error:
        code = error.response["Error"]["Code"]
        if (reason := _reason(code)) is None:
            if not every_refusal:
                raise
            reason = f"AWS answers {code}."
        raise InputError(f"cannot {purpose}: {reason} ({error.response['Error']['Message']})") from None
    except (ValueError, exceptions.ParamValidationError) as error:
        if (reason := _not_asked(str(error))) is None:
            raise
        raise InputError(f"cannot {purpose}: {reason}") from None


def _not_asked(said: str) -> str | None:
    """Return why botocore did not even ask: its own words, of AWS_ENDPOINT_URL or of a name that AWS cannot have."""
    if "endpoint" in said.lower():
        return f"{said}. Check AWS_ENDPOINT_URL."
    return f"AWS can have no such name. {' '.join(said.split())}" if "Parameter validation" in said else None


def _reason(code: str) -> str | None:
    if code in _EXPIRED:
        return "the AWS credentials have expired. Sign in again."
    if code in _UNKNOWN:
        return "AWS does not know these credentials. Sign in again, or set AWS_PROFILE."
    if code in _DENIED:
        return "the AWS credentials do not allow it. Use a role that may."
    return None
