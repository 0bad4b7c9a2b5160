"""What the tests of the twin share."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from eks_twin.binaries import (
    CONTROL_PLANE,
    ISTIO,
    KEDA,
    Binaries,
    BinariesMissingError,
    Family,
    find_binaries,
    find_custom_resource_definitions,
)


@pytest.fixture(scope="session")
def binaries() -> Binaries:
    """Return the programs of the control plane. See `left_out`."""
    return built(CONTROL_PLANE)


@pytest.fixture(scope="session")
def keda_binaries() -> Binaries:
    """Return KEDA's operator and adapter. See `left_out`."""
    return built([KEDA])


@pytest.fixture(scope="session")
def istio_binaries() -> Binaries:
    """Return istioctl. See `left_out`."""
    return built([ISTIO])


@pytest.fixture(scope="session")
def definitions() -> Mapping[str, Path]:
    """Return the add-ons' whole custom resource definitions, a file for each project. See `left_out`."""
    with left_out():
        return find_custom_resource_definitions(fetch=False)


def built(families: Sequence[Family]) -> Binaries:
    """Return programs that are built already: a test does not take minutes by surprise."""
    with left_out():
        return find_binaries(families, build=False)


@contextmanager
def left_out() -> Iterator[None]:
    """Leave a test out if something was not built beforehand, and say how to get it.

    With REQUIRE_CONTROL_PLANE=1 it fails instead, so that CI never leaves it out.
    """
    try:
        yield
    except BinariesMissingError as error:
        if os.environ.get("REQUIRE_CONTROL_PLANE") == "1":
            pytest.fail(f"REQUIRE_CONTROL_PLANE=1, but {error}")
        pytest.skip(str(error))
