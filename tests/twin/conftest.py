"""What the tests of the twin share."""

import os
from collections.abc import Sequence

import pytest

from api_platform.twin.binaries import CONTROL_PLANE, ISTIO, KEDA, Binaries, BinariesMissingError, Family, find_binaries


@pytest.fixture(scope="session")
def binaries() -> Binaries:
    """Return the programs of the control plane. See `built`."""
    return built(CONTROL_PLANE)


@pytest.fixture(scope="session")
def keda_binaries() -> Binaries:
    """Return KEDA's operator and adapter. See `built`."""
    return built([KEDA])


@pytest.fixture(scope="session")
def istio_binaries() -> Binaries:
    """Return istioctl. See `built`."""
    return built([ISTIO])


def built(families: Sequence[Family]) -> Binaries:
    """Return programs that are built already: a test does not take minutes by surprise.

    Where they are not, leaves the test out and says how to get them; with REQUIRE_CONTROL_PLANE=1 it fails instead, so
    that CI never leaves it out.
    """
    try:
        return find_binaries(families, build=False)
    except BinariesMissingError as error:
        if os.environ.get("REQUIRE_CONTROL_PLANE") == "1":
            pytest.fail(f"REQUIRE_CONTROL_PLANE=1, but the programs are {error}")
        pytest.skip(str(error))
