"""The platform that the tests of the rules start from."""

import pytest

from tests.rules.platform import Platform, a_platform


@pytest.fixture
def platform() -> Platform:
    """Return a small platform that every rule accepts; a test changes one fact of it."""
    return a_platform()
