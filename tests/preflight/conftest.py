"""The account that tests break."""

from collections.abc import Iterator

import pytest

from tests.preflight.simulated_account import SimulatedAccount, simulated_account


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedAccount]:
    """Return an account in which nothing is missing."""
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # a third of a second, twice a test
    with simulated_account() as one:
        yield one
