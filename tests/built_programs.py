"""Programs that were built beforehand, for tests that run them: a test does not take minutes by surprise."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from eks_twin.binaries import Binaries, BinariesMissingError, Family, find_binaries


def built(families: Sequence[Family]) -> Binaries:
    """Return programs that are built already. See `left_out`."""
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
