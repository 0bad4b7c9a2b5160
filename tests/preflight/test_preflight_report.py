"""From signing in to what is told."""

import pytest

from api_platform.environment import Environment, load_environments
from api_platform.errors import InputError
from api_platform.preflight.preflight_report import prepare
from api_platform.verification import account as signed_in
from tests.preflight.simulated_account import SimulatedAccount


def development() -> Environment:
    (environment,) = load_environments("development")
    return environment


def test_all_that_is_missing_is_told_in_the_order_of_a_deployment(
    account: SimulatedAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The account is bootstrapped, and holds nothing of this environment."""
    monkeypatch.setattr(signed_in, "session", lambda _region, _role: account)
    report = prepare(development().model_copy(update={"account": "123456789012"}))
    assert list(dict.fromkeys(one.check for one in report.diagnoses)) == [
        "hosted-zone-is-delegated",
        "secrets-exist",
        "images-are-pushed",
    ]
    assert report.environment == "development"
    assert any("administrators is in another account" in one for one in report.left_out)


def test_another_account_is_refused(account: SimulatedAccount, monkeypatch: pytest.MonkeyPatch) -> None:
    """All would seem to be missing there."""
    monkeypatch.setattr(signed_in, "session", lambda _region, _role: account)
    with pytest.raises(InputError, match=r"are of account 123456789012; development is in 111111111111"):
        prepare(development())
