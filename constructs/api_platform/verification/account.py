"""The AWS account of an environment, as this process may see it."""

from dataclasses import dataclass
from typing import Any

from api_platform.aws_calls import aws_calls, session
from api_platform.environment import Environment
from api_platform.errors import InputError


@dataclass(frozen=True)
class EnvironmentAccount:
    """Hands out boto3 clients of the environment's account and region."""

    environment: Environment
    session: Any

    @classmethod
    def sign_in(cls, environment: Environment, role: str | None = None) -> "EnvironmentAccount":
        """Return the account as the caller, or the IAM role of this ARN, sees it.

        Raises InputError where AWS cannot be asked, and where the credentials are another account's: all would seem to
        be missing there.
        """
        account = cls(environment, session(environment.region, role))
        with aws_calls("ask AWS whose credentials these are"):
            signed_in_to = account.client("sts").get_caller_identity()["Account"]
        if signed_in_to != environment.account:
            raise InputError(
                f"the AWS credentials are of account {signed_in_to}; {environment.name} is in {environment.account}. "
                "Sign in there, or name a role of that account: --role"
            )
        return account

    def client(self, service: str) -> Any:
        """Return the client of a service, e.g. `sqs`."""
        return self.session.client(service)
