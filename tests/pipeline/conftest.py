"""The whole app with its pipeline, synthesized once."""

from pathlib import Path
from typing import Any

import pytest

from api_platform.aws.stages import add_stages
from api_platform.pipeline.add_pipeline import add_pipeline
from tests.aws.building import an_app
from tests.aws.synthesized import Synthesized


def synthesize_with_pipeline(folder: Path, **context: Any) -> Synthesized:
    """Run the app as app.py does, with its pipeline."""
    app = an_app(folder, **context)
    add_pipeline(app, add_stages(app))
    app.synth()
    return Synthesized(folder)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    return synthesize_with_pipeline(tmp_path_factory.mktemp("with"))
