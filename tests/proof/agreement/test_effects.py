"""What the plan and the outcome say differently."""

from typing import Any

import pytest

from api_platform.proof.agreement.effects import Disagreement, Fate, disagreements
from tests.proof.agreement.outcomes import DEPLOYMENT, EFFECTS, GONE, POLICY, RESOURCE, came

UPDATED, DELETED = {DEPLOYMENT: Fate.UPDATED}, {POLICY: Fate.DELETED}


def test_what_is_one_differs_in_nothing() -> None:
    assert list(disagreements(EFFECTS, EFFECTS)) == []


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        ({"objects": UPDATED}, Disagreement(POLICY, "deleted", "nothing")),
        (
            {"objects": {**UPDATED, **DELETED, "Service a": Fate.CREATED}},
            Disagreement("Service a", "nothing", "created"),
        ),
        ({"objects": {**DELETED, DEPLOYMENT: Fate.REPLACED}}, Disagreement(DEPLOYMENT, "updated", "replaced")),
        ({"restarts": set()}, Disagreement(DEPLOYMENT, "pods restart", "nothing")),
        ({"restarts": {DEPLOYMENT, "Deployment b"}}, Disagreement("Deployment b", "nothing", "pods restart")),
        ({"resources": {RESOURCE}}, Disagreement(GONE, "touched", "nothing")),
        ({"resources": {RESOURCE, GONE, "p/a Role"}}, Disagreement("p/a Role", "nothing", "touched")),
        ({"failing": {RESOURCE}}, Disagreement(RESOURCE, "nothing", "fails")),
    ],
)
def test_each_thing_that_is_missing_extra_or_other_is_named(outcome: dict[str, Any], found: Disagreement) -> None:
    assert list(disagreements(EFFECTS, came(**outcome))) == [found]
