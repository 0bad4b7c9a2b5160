"""The real app, synthesized once; and nothing of it where these tests are not wanted."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.aws.synthesized import Synthesized


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:  # noqa: ARG001 - pytest's own
    """Leave the modules alone under `-m "not aws"`: to deselect a test pytest imports it, and aws_cdk takes seconds."""
    return True if "not aws" in config.option.markexpr else None


@pytest.fixture(scope="session")
def synthesized(tmp_path_factory: pytest.TempPathFactory) -> "Synthesized":
    """All three environments as `cdk synth` writes them."""
    from tests.aws.synthesized import synthesize  # noqa: PLC0415 - see above

    return synthesize(tmp_path_factory.mktemp("cdk.out"))
