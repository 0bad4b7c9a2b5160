"""What is compared with what."""

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from api_platform.drift.drift_report import DeclaredObjects, find_drift
from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls
from api_platform.plan.object_key import ObjectKey
from api_platform.plan.sources import deployed
from api_platform.plan.sources.deployed import StackPlace
from tests.drift.live import DECLARED, live
from tests.plan.sides import an_object_resource
from tests.plan.sources.test_deployed import FakeCloudFormation

PLACE = StackPlace("111111111111", "eu-west-1")


@dataclass(frozen=True)
class AnsweringKubectl(KubectlCalls):
    """Answers with these objects, and keeps what it was asked."""

    objects: tuple[Any, ...] = ()
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, *words: str, **_: object) -> subprocess.CompletedProcess[str]:
        self.asked.append(words)
        return subprocess.CompletedProcess(words, 0, json.dumps({"items": list(self.objects)}), "")


def declared(monkeypatch: pytest.MonkeyPatch, template: Any) -> DeclaredObjects:
    stacks = {"production-orders": ("UPDATE_COMPLETE", template)}
    fake = SimpleNamespace(client=lambda _service: FakeCloudFormation(stacks))
    monkeypatch.setattr(deployed, "session", lambda *_: fake)
    return DeclaredObjects.deployed("production", PLACE)


def test_what_cloudformation_holds_is_what_should_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest commit may wait for its approval; what it would change is no drift."""
    found = declared(monkeypatch, {"Resources": {"It": an_object_resource(DECLARED)}})
    assert found.manifests == {ObjectKey.of(DECLARED): DECLARED}


def test_where_cloudformation_holds_no_object_nothing_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no stack of production holds Kubernetes objects"):
        declared(monkeypatch, {"Resources": {"It": {"Metadata": {"aws:cdk:path": "production/orders/It"}}}})


def test_an_assembly_of_another_environment_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"version": "55.0.0", "artifacts": {}}')
    with pytest.raises(InputError, match="has no environment 'production'"):
        DeclaredObjects.of_assembly("production", tmp_path)


def test_the_cluster_is_asked_once_and_with_who_wrote_what() -> None:
    kubectl = AnsweringKubectl(objects=(live(),))
    report = find_drift(DeclaredObjects("production", {ObjectKey.of(DECLARED): DECLARED}), kubectl)
    assert report.diagnoses == ()
    wide = ("--all-namespaces", "--show-managed-fields", "--output=json")
    assert kubectl.asked == [("get", "Deployment.v1.apps", *wide)]


def test_a_cluster_that_is_empty_has_drifted() -> None:
    report = find_drift(DeclaredObjects("production", {ObjectKey.of(DECLARED): DECLARED}), AnsweringKubectl())
    assert [one.object for one in report.diagnoses] == ["Deployment/orders"]
