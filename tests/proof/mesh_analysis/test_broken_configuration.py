from pathlib import Path

import pytest

from api_platform.proof.mesh_analysis.broken_configuration import (
    BrokenConfiguration,
    Detection,
    analysis,
    detect,
    rule,
    webhook,
)
from api_platform.proof.mesh_analysis.checks import Check, Checks, Notice, Notices, news
from api_platform.proof.mesh_analysis.draft import put
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from eks_twin.errors import TwinError
from tests.whole_platform import rendering_of

EDIT = put("VirtualService api-service", "spec http 0 route 0 destination port number", 8081)
NOTHING: Notices = {check: frozenset() for check in Check}
MISSING_PORT = Notice("IST0101", "Referenced host:port not found")
NO_SUCH_PORT = Notice("mesh-hosts-exist", "port 8081, which that Service has not")


def detection(broken: BrokenConfiguration, **said: Notice) -> Detection:
    """Return what was detected where the checks (by their names in lower case) said this."""
    notices = {check: frozenset({said[check.name.lower()]} if check.name.lower() in said else ()) for check in Check}
    return Detection(broken, "VirtualService", notices)


def test_it_is_caught_by_the_check_that_must() -> None:
    broken = analysis("IST0101", "A wrong port", EDIT)
    assert detection(broken, analysis=MISSING_PORT).caught == MISSING_PORT


def test_another_message_does_not_catch_it() -> None:
    broken = analysis("IST0174", "A wrong port", EDIT)
    assert detection(broken, analysis=MISSING_PORT).caught is None


def test_another_check_does_not_catch_it() -> None:
    """The page would say that istioctl does, and it does not."""
    broken = analysis("IST0101", "A wrong port", EDIT)
    assert detection(broken, rules=Notice("IST0101", "by chance the same sign")).caught is None


def test_tells_who_else_noticed_and_how() -> None:
    broken = analysis("IST0101", "A wrong port", EDIT)
    assert detection(broken, analysis=MISSING_PORT, rules=NO_SUCH_PORT).also == ["our rules: mesh-hosts-exist"]
    assert detection(broken, analysis=MISSING_PORT).also == []


@pytest.mark.parametrize(
    ("broken", "check"),
    [(analysis("IST0101", ""), Check.ANALYSIS), (webhook(""), Check.WEBHOOK), (rule("a-rule", ""), Check.RULES)],
)
def test_each_kind_has_its_check(broken: BrokenConfiguration, check: Check) -> None:
    assert broken.check is check


def test_what_was_said_before_is_no_news() -> None:
    before = {**NOTHING, Check.ANALYSIS: frozenset({MISSING_PORT})}
    now = {**NOTHING, Check.ANALYSIS: frozenset({MISSING_PORT}), Check.RULES: frozenset({NO_SUCH_PORT})}
    assert news(now, before) == {**NOTHING, Check.RULES: frozenset({NO_SUCH_PORT})}


def checks(tmp_path: Path) -> Checks:
    """Return the checks of production, with an istioctl that refuses whatever it is asked about."""
    script = """#!/bin/sh
if [ "$1" = validate ]; then printf 'Error:\\n\\t* %s\\n' "$(grep -c kind objects.yaml) objects" >&2; exit 1; fi
printf 'Executed analyzers:\\n\\t one\\n' >&2; echo '[]'
"""
    program = tmp_path / "istioctl"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return Checks(Istioctl(program), rendering_of("production"), (), {}, tmp_path)


def test_asks_our_rules_of_all_objects_and_the_webhook_of_the_changed_ones(tmp_path: Path) -> None:
    tried = detect(rule("mesh-hosts-exist", "A wrong port", EDIT), checks(tmp_path), NOTHING)
    assert tried.caught
    assert tried.kind == "VirtualService"
    assert tried.said[Check.WEBHOOK] == {Notice(Notice.REFUSED, "1 objects")}


def test_a_row_that_breaks_nothing_is_refused(tmp_path: Path) -> None:
    nothing = put("VirtualService api-service", "spec http 0 route 0 destination port number", 8080)
    with pytest.raises(TwinError, match="leaves every object as it is"):
        detect(rule("mesh-hosts-exist", "Nothing", nothing), checks(tmp_path), NOTHING)


def test_the_objects_as_they_are_please_our_rules(tmp_path: Path) -> None:
    """All else would be news in no row of the table."""
    production = checks(tmp_path)
    said = production.notices(production.rendering.objects, ())[Check.RULES]
    acknowledged = {one.finding.rule for one in production.rendering.report.acknowledged}
    assert {notice.sign for notice in said} <= acknowledged
