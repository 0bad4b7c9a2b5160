"""`api-platform verify`: what it says in which order, its exit codes, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from api_platform.cli import verify
from api_platform.cli.verify import VerifyOptions, verify_command
from api_platform.errors import InputError
from api_platform.verification.account import EnvironmentAccount
from api_platform.verification.result import VerificationResult
from api_platform.verification.troubles import Troubles, dead_letter_queues
from tests.verification.stubbed_account import staging

QUIET = Troubles(environment="staging", dead_letters=dict.fromkeys(dead_letter_queues(staging()), 0), alarms=())
Answers = Callable[[Troubles], None]


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Answer for AWS: all stacks are complete, both hosts are ready, and the troubles are a test's."""
    account = EnvironmentAccount(staging(), None)
    hosts = VerificationResult("public hosts: 2 of 2 are ready")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setattr(EnvironmentAccount, "sign_in", lambda _environment, _role: account)
    monkeypatch.setattr(verify, "verify_stacks", lambda _: VerificationResult("stacks: 10 of 10 are complete"))
    monkeypatch.setattr(verify, "verify_public_hosts", lambda *_, **__: hosts)
    return lambda troubles: monkeypatch.setattr(Troubles, "now", lambda _account: troubles)


def test_each_part_says_a_line(aws: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    aws(QUIET)
    assert verify_command("staging", VerifyOptions()) == 0
    assert capsys.readouterr().out.splitlines() == [
        "staging: passed  stacks: 10 of 10 are complete",
        "staging: passed  dead-letter queues: 3 of 3 hold no more than before",
        "staging: passed  alarms: 0 new, 0 from before",
        "staging: passed  public hosts: 2 of 2 are ready",
    ]


def test_a_failure_stands_below_its_part_and_is_the_exit_code(aws: Answers, capsys: pytest.CaptureFixture[str]) -> None:
    aws(QUIET.model_copy(update={"alarms": ("staging-age",)}))
    assert verify_command("staging", VerifyOptions()) == 1
    assert "staging: FAILED  alarms: 1 new, 0 from before\n  staging-age: is in ALARM" in capsys.readouterr().out


def test_what_was_recorded_before_is_forgiven(aws: Answers, tmp_path: Path) -> None:
    aws(QUIET.model_copy(update={"alarms": ("staging-age",)}))
    assert verify_command("staging", VerifyOptions(record=tmp_path / "before.json")) == 0
    assert verify_command("staging", VerifyOptions(against=tmp_path / "before.json")) == 0


def test_a_twin_s_public_hosts_are_not_those_in_dns(
    aws: Answers, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """They are real hosts of a real environment: whatever they answer says nothing of the twin."""
    aws(QUIET)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    assert verify_command("staging", VerifyOptions()) == 0
    assert "public hosts: not asked" in capsys.readouterr().out
    verify_command("staging", VerifyOptions(gateway="127.0.0.1:8443"))
    assert "public hosts: 2 of 2 are ready" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "options", "says"),
    [
        ("stagin", VerifyOptions(), "Did you mean 'staging'"),
        ("staging", VerifyOptions(record=Path("a"), against=Path("b")), "exclude each other"),
        ("staging", VerifyOptions(against=Path("nowhere.json")), "nowhere.json: cannot be read"),
        ("staging", VerifyOptions(gateway="here"), "is not HOST:PORT"),
    ],
)
def test_bad_options_are_refused_before_aws_is_asked(environment: str, options: VerifyOptions, says: str) -> None:
    with pytest.raises(InputError, match=says):
        verify_command(environment, options)
