"""Brings cluster, AWS and specs together: what is left out is said, and only what was asked for is told."""

from datetime import timedelta
from typing import Any

import pytest

from api_platform.doctor import report as module
from api_platform.doctor.cluster_reader import ClusterReading
from api_platform.doctor.health_report import HealthReport
from api_platform.doctor.observation import AwsState
from api_platform.doctor.report import examine
from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls
from api_platform.rules.objects import Objects
from tests.doctor.patient import NOW, Patient, a_patient


class Session:
    """A boto3 session of nobody, or of somebody."""

    def __init__(self, credentials: object) -> None:
        self.credentials = credentials
        self.client = lambda service: service

    def get_credentials(self) -> object:
        return self.credentials


@pytest.fixture(autouse=True)
def _answers(monkeypatch: pytest.MonkeyPatch, patient: Patient) -> None:
    """Let the cluster have the patient, and AWS nothing."""
    monkeypatch.setattr(module, "all_services", lambda _: patient.services)
    monkeypatch.setattr(module, "read_cluster", lambda *_: ClusterReading(Objects(patient.objects), ()))
    monkeypatch.setattr(module, "read_aws", lambda *_: AwsState({"parcels": None}, ()))
    monkeypatch.setattr(module, "require_account", lambda *_: None)
    monkeypatch.setattr(module, "session", lambda _: Session("somebody"))
    moment = type("Clock", (), {"now": staticmethod(lambda _: NOW + timedelta(seconds=1))})
    monkeypatch.setattr(module, "datetime", moment)


def ask(service: str | None = None, *, ask_aws: bool = True) -> HealthReport:
    return examine(a_patient().environment, service, KubectlCalls(), ask_aws=ask_aws)


def told(found: HealthReport) -> list[tuple[str, str]]:
    return [(one.check, one.subject) for one in found.diagnoses]


def test_cluster_and_aws_are_judged_together(patient: Patient) -> None:
    patient.remove("AuthorizationPolicy", "stock-callers")
    assert told(ask()) == [("queues-exist", "parcels"), ("declared-calls-are-admitted", "stock")]
    assert ask().left_out == ()


def test_of_one_service_only_its_own_is_told(patient: Patient) -> None:
    patient.remove("AuthorizationPolicy", "stock-callers")
    service = next(one.name for one in patient.services if one.workloads[0].name == "stock")
    assert told(ask(service)) == [("declared-calls-are-admitted", "stock")]


def test_an_unknown_service_is_refused_before_anybody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_cluster", lambda *_: pytest.fail("the cluster was asked"))
    with pytest.raises(InputError, match="there is no service 'stokc'"):
        ask("stokc")


def test_without_credentials_aws_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Silently left out, a queue that is gone would pass for one that is there."""
    monkeypatch.setattr(module, "session", lambda _: Session(None))
    found = ask()
    assert told(found) == []
    assert found.left_out == ("AWS (queues, stacks): there are no AWS credentials (sign in, or set AWS_PROFILE).",)


def test_without_boto3_aws_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    assert "boto3 is not installed" in ask().left_out[0]


def test_aws_is_left_out_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "session", lambda _: pytest.fail("AWS was asked"))
    assert ask(ask_aws=False).left_out == ("AWS (queues, stacks): --no-aws was given.",)


def test_a_refusal_of_aws_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise InputError("cannot ask AWS who is signed in: the AWS credentials have expired. Sign in again.")

    monkeypatch.setattr(module, "require_account", refuse)
    with pytest.raises(InputError, match="have expired"):
        ask()
