from collections.abc import Iterator

import pytest

from api_platform.errors import InputError
from api_platform.verification import account
from api_platform.verification.account import EnvironmentAccount
from tests.verification.stubbed_account import StubbedSession, staging


@pytest.fixture
def sts(monkeypatch: pytest.MonkeyPatch) -> Iterator[StubbedSession]:
    with StubbedSession.of("sts") as session:
        monkeypatch.setattr(account, "session", lambda _region, _role: session)
        yield session


def test_credentials_of_the_environment_s_account_will_do(sts: StubbedSession) -> None:
    environment = staging()
    sts.stubs["sts"].add_response("get_caller_identity", {"Account": environment.account})
    assert EnvironmentAccount.sign_in(environment).environment == environment


def test_credentials_of_another_account_are_refused(sts: StubbedSession) -> None:
    """All stacks and queues would seem to be missing there."""
    sts.stubs["sts"].add_response("get_caller_identity", {"Account": "999999999999"})
    with pytest.raises(InputError, match=r"are of account 999999999999; staging is in \d{12}\..*--role"):
        EnvironmentAccount.sign_in(staging())


def test_expired_credentials_are_told(sts: StubbedSession) -> None:
    sts.stubs["sts"].add_client_error("get_caller_identity", "ExpiredToken", "said by AWS")
    with pytest.raises(InputError, match=r"have expired\. Sign in again"):
        EnvironmentAccount.sign_in(staging())
