"""What holds for all rules: their names, their table, and that none is thrown by what it reads."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from api_platform.rules import RULES, run_rules
from tests.rendering import Manifest
from tests.rules.platform import Platform

FILES = Path(__file__).parents[2] / "constructs" / "api_platform" / "rules"
NO_RULES = {
    "__init__",
    "acknowledgements_are_used",
    "autoscalers",
    "finding",
    "objects",
    "pods",
    "report",
    "rollouts",
    "values",
}


def test_every_file_that_is_not_a_reader_is_a_rule_of_its_name() -> None:
    """A rule that is written and not in the table would never run."""
    files = {path.stem for path in FILES.glob("*.py")} - NO_RULES
    assert {name.replace("-", "_") for name in RULES} == files


def test_every_rule_has_a_test_file() -> None:
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert {name.replace("-", "_") for name in RULES} <= tests


def test_the_platform_of_these_tests_is_accepted_by_every_rule(platform: Platform) -> None:
    assert run_rules(platform.environment, platform.services, platform.objects) == []


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_survives_an_empty_rendering(rule: str, platform: Platform) -> None:
    platform.objects.clear()
    platform.ask(rule)


def test_no_rule_is_thrown_by_what_is_missing(platform: Platform) -> None:
    """A forker's half-finished object must get a finding, never a traceback."""
    survive(platform, MISSING)


@pytest.mark.slow
@pytest.mark.parametrize("junk", [None, "junk", 7, {"junk": 7}, [{"junk": 7}]])
def test_no_rule_is_thrown_by_a_value_of_another_type(platform: Platform, junk: object) -> None:
    survive(platform, junk)


MISSING = object()
Way = tuple[str | int, ...]


def survive(platform: Platform, junk: object) -> None:
    """Run all rules with each part of the objects in turn replaced by `junk`."""
    objects = platform.objects
    for position, way in parts_of_each_kind(objects):
        changed = deepcopy(objects[position])
        change(changed, way, junk)
        manifests = [*objects[:position], changed, *objects[position + 1 :]]
        findings = run_rules(platform.environment, platform.services, manifests)
        assert {finding.rule for finding in findings} <= set(RULES)
        assert all(finding.subject for finding in findings)


def parts_of_each_kind(objects: list[Manifest]) -> list[tuple[int, Way]]:
    """Return each part of the objects: an object's position, and the way to the part within it.

    Of parts that objects of one kind have alike, one is enough.
    """
    found: dict[Way, tuple[int, Way]] = {}
    for position, one in enumerate(objects):
        for way in ways(one):
            found.setdefault((one["kind"], *way), (position, way))
    return list(found.values())


def ways(value: Any) -> Iterator[Way]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (key,)
        yield from ((key, *way) for way in ways(inner))


def change(holder: Any, way: Way, value: object) -> None:
    """Put the value at the end of the way, or take away what is there."""
    *before, last = way
    for key in before:
        holder = holder[key]
    if value is MISSING:
        del holder[last]
    else:
        holder[last] = value
