"""A scenario's name is an address on the page."""

import pytest

from eks_twin.proof.quantities import exactly
from eks_twin.proof.result import Figure, Outcome
from eks_twin.proof.scenario import Scenario


def _run(context: list[int]) -> Outcome:
    return Outcome(figures=[Figure("items", len(context), "", exactly(2))])


@pytest.mark.parametrize("name", ["delivery", "zone-outage2"])
def test_a_name_of_small_letters_is_taken(name: str) -> None:
    scenario = Scenario(name=name, title="T", expectation="E.", run=_run)
    assert scenario.run([1, 2]).reasons == []


@pytest.mark.parametrize("name", ["", "Delivery", "zone outage", "zone#1", '"><script>'])
def test_a_name_that_is_no_address_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="it is an address"):
        Scenario(name=name, title="T", expectation="E.", run=_run)
