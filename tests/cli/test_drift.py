"""The command's exit codes, its refusals, and who is told."""

from importlib import import_module

import pytest

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.health_report import HealthReport
from api_platform.drift.drift_report import DeclaredObjects
from api_platform.plan.sources.deployed import StackPlace
from tests.cli.exit_code import assert_refused, exit_code

module = import_module("api_platform.cli.drift")  # the package has a function of this name, too
FOUND = Diagnosis("drift", "stock", "Deployment/stock", "what", "why", "kubectl get pods", "way")
TOPIC = "arn:aws:sns:eu-west-1:111111111111:operations"


@pytest.mark.parametrize(
    ("found", "words", "code", "mailed"),
    [((), (), 0, 0), ((FOUND,), (), 1, 0), ((FOUND,), ("--topic", TOPIC), 0, 1), ((), ("--topic", TOPIC), 0, 0)],
)
def test_it_exits_1_on_findings_unless_a_topic_is_told(
    found: tuple[Diagnosis, ...], words: tuple[str, ...], code: int, mailed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that told its findings has done its work; one that fails could not look."""
    mails: list[str] = []
    places: list[StackPlace] = []

    def deployed(environment: str, place: StackPlace) -> DeclaredObjects:
        places.append(place)
        return DeclaredObjects(environment, {})

    monkeypatch.setattr(module.DeclaredObjects, "deployed", deployed)
    monkeypatch.setattr(module, "session", lambda *_: type("Session", (), {"client": lambda *_: None})())
    monkeypatch.setattr(module, "require_account", lambda *_: None)
    monkeypatch.setattr(module, "find_drift", lambda *_: HealthReport("staging", None, found, ()))
    monkeypatch.setattr(module, "mail", lambda _report, topic: mails.append(topic))
    assert exit_code(monkeypatch, "drift", "-e", "staging", "--place", "111111111111/eu-west-1", *words) == code
    assert mails == [TOPIC] * mailed
    assert places == [StackPlace("111111111111", "eu-west-1")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("-e", "stagin"), "environment 'stagin' does not exist. Did you mean 'staging'?"),
        (("--format", "xml"), "format 'xml' is not known. Known: json, markdown, terminal."),
        (
            ("--place", "eu-west-1"),
            "--place 'eu-west-1': is no place. Write account and region: 111111111111/eu-west-1",
        ),
        (("--topic", "me"), "--topic 'me': is no topic. Write its ARN: arn:aws:sns:REGION:ACCOUNT:NAME"),
        (
            ("--assembly", "tests"),
            "tests: is no cloud assembly (it has no manifest.json). Run `cdk synth`, or name the folder that it wrote.",
        ),
    ],
)
def test_bad_input_gets_one_line_and_exits_2(
    words: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert_refused(monkeypatch, capsys, says, "drift", *words)
