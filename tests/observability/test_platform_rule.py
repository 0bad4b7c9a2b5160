"""The rules about the ground."""

from api_platform.observability.component import components
from api_platform.observability.platform_rule import TOLD_BY, platform_rule
from tests.rendering import Manifest, object_of
from tests.specs import an_environment


def rule() -> Manifest:
    return object_of(lambda chart: platform_rule(chart, an_environment()))


def test_every_component_is_told_of_when_it_is_gone() -> None:
    groups = rule()["spec"]["groups"]
    assert [group["name"] for group in groups] == [f"platform.{one.name}" for one in components(an_environment())]
    assert {group["rules"][0]["alert"] for group in groups} == {"ComponentUnavailable"}


def test_what_is_told_of_a_component_belongs_to_one_that_there_is() -> None:
    """Under a name that no component has, an alert would be rendered nowhere."""
    assert set(TOLD_BY) <= {one.name for one in components(an_environment())}


def test_every_alert_says_what_where_how_bad_and_what_to_do() -> None:
    for group in rule()["spec"]["groups"]:
        for alert in group["rules"]:
            assert alert["labels"].keys() == {"environment", "component", "severity"}
            assert alert["annotations"]["runbook_url"].startswith("https://runbooks.example.com/")
            assert alert["annotations"]["summary"]
            assert alert["for"]
