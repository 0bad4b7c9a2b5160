import json
from types import SimpleNamespace
from typing import Any

import pytest

from api_platform.plan.assembly import CloudAssembly, StackTemplate
from api_platform.plan.object_changes import Action
from api_platform.plan.sources import deployed
from api_platform.plan.sources.deployed import Deployed
from tests.plan.sides import a_config_map, a_stack, an_object_resource

PATH = {"Metadata": {"aws:cdk:path": "production/a/It"}}


class FakeCloudFormation:
    """Answers as CloudFormation does, of these stacks: name -> (status, template)."""

    def __init__(self, stacks: dict[str, tuple[str, Any]]) -> None:
        self._stacks = stacks

    def get_paginator(self, _: str) -> "FakeCloudFormation":
        return self

    def paginate(self) -> list[dict[str, Any]]:
        """Answer one stack a page."""
        return [
            {"StackSummaries": [{"StackName": name, "StackStatus": status}]}
            for name, (status, _) in self._stacks.items()
        ]

    def get_template(self, *, StackName: str, TemplateStage: str) -> dict[str, Any]:  # noqa: N803 - AWS's own
        """Answer the template as it was given."""
        assert TemplateStage == "Original"
        return {"TemplateBody": self._stacks[StackName][1]}


def changes(monkeypatch: pytest.MonkeyPatch, stacks: dict[str, tuple[str, Any]], *wanted: StackTemplate) -> Any:
    fake = SimpleNamespace(client=lambda _service: FakeCloudFormation(stacks))
    monkeypatch.setattr(deployed, "session", lambda *_: fake)
    return Deployed().changes("production", CloudAssembly(wanted))


def a_template(**data: str) -> dict[str, Any]:
    return {"Resources": {"It": {**an_object_resource(a_config_map(**data)), **PATH}}}


def wanted(**data: str) -> StackTemplate:
    return a_stack("production/a", a_template(**data)["Resources"])


def test_right_after_a_deploy_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    live = {"production-a": ("UPDATE_COMPLETE", a_template())}
    assert changes(monkeypatch, live, wanted()).is_empty


@pytest.mark.parametrize("status", ["REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE", "DELETE_COMPLETE"])
def test_of_a_stack_that_never_came_up_everything_is_new(monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    found = changes(monkeypatch, {"production-a": (status, a_template())}, wanted())
    assert [one.action for one in found.objects] == [Action.CREATE]


def test_a_template_as_text_is_read_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    live = {"production-a": ("CREATE_COMPLETE", json.dumps(a_template(level="info")))}
    found = changes(monkeypatch, live, wanted(level="debug"))
    assert [field.after for one in found.objects for field in one.fields] == ["debug"]


def test_a_stack_that_the_app_dropped_is_found_by_its_paths_or_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = {"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}
    labelled = a_config_map()
    labelled["metadata"]["labels"] = {"app.kubernetes.io/managed-by": "api-platform"}
    live = {
        "production-a": ("CREATE_COMPLETE", a_template()),
        "production-labelled": ("CREATE_COMPLETE", {"Resources": {"It": an_object_resource(labelled)}}),
        "production-gone": ("CREATE_COMPLETE", {"Resources": {"Q": {"Type": "AWS::SQS::Queue", **PATH}}}),
        "production-of-somebody-else": ("CREATE_COMPLETE", foreign),
        "staging-a": ("CREATE_COMPLETE", a_template()),
    }
    assert changes(monkeypatch, live, wanted()).left_stacks == ["production/labelled", "production/gone"]


@pytest.mark.parametrize(("level", "differs"), [("info", []), ("debug", ["data.level"])])
def test_characters_that_cloudformation_does_not_keep_are_no_change(
    monkeypatch: pytest.MonkeyPatch, level: str, differs: list[str]
) -> None:
    """It answers `?` for them; also where something else in the manifest changes."""
    text = json.dumps([a_config_map(level="info", title="Grüße → ?")], ensure_ascii=False)
    mangled = text.replace("ü", "?").replace("ß", "?").replace("→", "?")
    template = a_template()
    template["Resources"]["It"]["Properties"]["Manifest"] = mangled
    found = changes(
        monkeypatch, {"production-a": ("CREATE_COMPLETE", template)}, wanted(level=level, title="Grüße → ?")
    )
    assert [field.place for one in found.objects for field in one.fields] == differs
