"""The real app, synthesized once."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.aws.synthesized import Synthesized


@pytest.fixture(scope="session")
def synthesized(tmp_path_factory: pytest.TempPathFactory) -> "Synthesized":
    """All three environments as `cdk synth` writes them."""
    from tests.aws.synthesized import synthesize  # noqa: PLC0415 - it takes seconds

    return synthesize(tmp_path_factory.mktemp("cdk.out"))
