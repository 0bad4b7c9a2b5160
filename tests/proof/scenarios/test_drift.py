"""What the scenario makes of what was told."""

from dataclasses import replace

from api_platform.proof.hands import HANDS
from api_platform.proof.scenarios.drift import DriftRun, HandsSeen, figures, table
from eks_twin.proof.result import Outcome

WHAT = {"Deployment/orders": "an environment variable", "Namespace/production": "Pod Security turned off"}
SILENT, TOLD = DriftRun(0, {}), DriftRun(1, dict.fromkeys(WHAT, "why"))
SEEN = HandsSeen(WHAT, SILENT, TOLD, SILENT, " ".join(WHAT), ())


def outcome(seen: HandsSeen = SEEN) -> Outcome:
    """Return what the page shows."""
    return Outcome(figures=figures(seen), tables=[table(seen)])


def test_changes_that_are_told_alone_hold() -> None:
    assert outcome().reasons == []


def test_what_is_told_besides_is_shown() -> None:
    seen = replace(SEEN, during=DriftRun(1, {**TOLD.found, "Pod/one": "why"}))
    assert [row[1].text for row in table(seen).cells] == [*WHAT, "Pod/one"]


def test_each_hand_touches_an_object_of_its_own() -> None:
    """Two changes of one object would be told once, and one of them missed unseen."""
    assert len({hand.touches for hand in HANDS}) == len(HANDS) >= 5
