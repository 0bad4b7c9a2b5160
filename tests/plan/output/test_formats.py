"""The same plan in each form: what one shows, the others do, and a secret none does."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.output.json_text import to_json
from api_platform.plan.output.markdown import to_markdown
from api_platform.plan.output.terminal import show_in_terminal
from tests.plan.sides import Sides


def in_terminal(plans: list[DeployPlan], width: int = 100) -> str:
    out = StringIO()
    show_in_terminal(plans, Console(file=out, width=width, highlight=False))
    return out.getvalue()


FORMS: list[Callable[[list[DeployPlan]], str]] = [in_terminal, to_markdown, to_json]
every_form = pytest.mark.parametrize("form", FORMS)


@pytest.fixture
def plan(sides: Sides) -> DeployPlan:
    """Return a plan with a bit of everything."""
    for side, value in ((sides.before, "aHVudGVyMg=="), (sides.after, "c3dvcmRmaXNo")):
        metadata = {"name": "credentials", "namespace": "production"}
        side.objects.append({"kind": "Secret", "metadata": metadata, "data": {"password": value}})
    sides.after.one("Deployment", "orders")["spec"]["selector"]["matchLabels"]["x"] = "y"
    sides.after.one("Deployment", "orders")["spec"]["template"]["spec"]["containers"].insert(0, {"name": "first"})
    sides.after.one("HorizontalPodAutoscaler", "orders")["spec"]["maxReplicas"] = 5
    sides.after.remove("PodDisruptionBudget", "stock")
    return DeployPlan.of("production", "HEAD (1234567)", sides.changes(), ("Mind this.",))


@every_form
def test_every_form_has_summary_risks_objects_and_fields(
    form: Callable[[list[DeployPlan]], str], plan: DeployPlan
) -> None:
    shown = form([plan])
    for text in (
        "production against HEAD (1234567)",
        "look again before you deploy this",
        "Mind this.",
        "spec.selector changes",
        "maximum 10 → 5",
        "spec.template.spec.containers[first]",
        "Secret",
        "data.password",
    ):
        assert text in shown or json.dumps(text)[1:-1] in shown


@every_form
def test_no_form_shows_a_secrets_value(form: Callable[[list[DeployPlan]], str], plan: DeployPlan) -> None:
    shown = form([plan])
    assert "aHVudGVyMg==" not in shown
    assert "c3dvcmRmaXNo" not in shown


@pytest.mark.parametrize("form", [in_terminal, to_markdown])
def test_a_plan_of_nothing_is_one_line(form: Callable[[list[DeployPlan]], str], sides: Sides) -> None:
    plans = [DeployPlan.of(name, "HEAD", sides.changes()) for name in ("staging", "production")]
    assert form(plans) == "staging, production against HEAD: nothing changes.\n"


def test_an_empty_plan_among_others_is_one_line_of_its_own(sides: Sides, plan: DeployPlan) -> None:
    empty = replace(plan, environment="staging", changes=Sides().changes(), risks=(), notes=())
    assert "\nstaging against HEAD (1234567): nothing changes.\n" in in_terminal([plan, empty])
    assert sides.changes().objects


@pytest.mark.parametrize("width", [40, 60, 140])
def test_lines_fit_the_terminal_and_none_ends_in_spaces(plan: DeployPlan, width: int) -> None:
    lines = in_terminal([plan], width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)


def test_the_summary_comes_first(plan: DeployPlan) -> None:
    first, second, third, *_ = in_terminal([plan], 140).splitlines()
    assert first == "production against HEAD (1234567): look again before you deploy this."
    assert (
        second == "  Risks: will fail: 1; deleted, replaced or left behind: 1; pods restart: 1; scales differently: 1."
    )
    assert third == "  Kubernetes objects: 3 changed, 1 left behind."


def test_json_tells_a_missing_side_from_null(plan: DeployPlan) -> None:
    (found,) = json.loads(to_json([plan]))["plans"]
    fields = [field for one in found["objects"] for field in one["fields"]]
    (added,) = (field for field in fields if field["place"].endswith("containers[first]"))
    assert "before" not in added
    assert added["after"] == {"name": "first"}
    assert found["needsSecondLook"] is True


def test_what_risks_in_a_row_have_in_common_is_said_once(sides: Sides) -> None:
    for name in ("orders", "stock"):
        sides.after.one("Deployment", name)["spec"]["selector"] = {"matchLabels": {"x": "y"}}
    shown = in_terminal([DeployPlan.of("production", "HEAD", sides.changes())])
    assert (shown.count("spec.selector changes"), shown.count("field is immutable")) == (2, 1)
