"""The AWS account of an environment, as this process may see it."""

from dataclasses import dataclass
from typing import Any

from api_platform.aws_calls import require_account, session
from api_platform.environment import Environment


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
        otherwise = "name a role of that account: --role"
        require_account(account.client("sts"), environment.account, environment.name, otherwise)
        return account

    def client(self, service: str) -> Any:
        """Return the client of a service, e.g. `sqs`."""
        return self.session.client(service)
