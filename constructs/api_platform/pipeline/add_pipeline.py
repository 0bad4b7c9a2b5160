"""Puts the pipeline beside the environments' stages."""

from collections.abc import Sequence
from pathlib import Path

from aws_cdk import App

from api_platform.aws.stage import EnvironmentStage
from api_platform.pipeline.access_stack import PipelineAccessStack
from api_platform.pipeline.pipeline_file import PIPELINE_FILE, load_pipeline
from api_platform.pipeline.pipeline_stack import PipelineStack


def add_pipeline(app: App, stages: Sequence[EnvironmentStage], path: Path = PIPELINE_FILE) -> None:
    """Add the pipeline that the file describes, and to each stage what lets it look; nothing where there is no file.

    `stages`: of all environments there are. Raises InputError on anything wrong in the file.
    """
    file = load_pipeline([stage.environment for stage in stages], path)
    if file is None:
        return
    PipelineStack(app, file, [stage.environment for stage in stages])
    for stage in stages:
        if stage.environment.pipeline:
            PipelineAccessStack(stage, file)
