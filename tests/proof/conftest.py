"""What the tests of the proof share."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from api_platform.proof.definitions import DEFINITIONS
from api_platform.proof.istio import ISTIO
from eks_twin.binaries import CONTROL_PLANE, Binaries, find_custom_resource_definitions
from tests.built_programs import built, left_out


@pytest.fixture(scope="session")
def binaries() -> Binaries:
    """Return the programs of the control plane. See `left_out`."""
    return built(CONTROL_PLANE)


@pytest.fixture(scope="session")
def istio_binaries() -> Binaries:
    """Return istioctl. See `left_out`."""
    return built([ISTIO])


@pytest.fixture(scope="session")
def definitions() -> Mapping[str, Path]:
    """Return the add-ons' whole custom resource definitions, a file for each project. See `left_out`."""
    with left_out():
        return find_custom_resource_definitions(DEFINITIONS, fetch=False)
