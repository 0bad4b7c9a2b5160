"""The sides that the tests of the plan start from."""

import pytest

from tests.plan.sides import Sides


@pytest.fixture
def sides() -> Sides:
    """Return two equal sides; a test changes one fact of the new one."""
    return Sides()
