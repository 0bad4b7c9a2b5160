"""Runs cdk-nag over the pipeline's stack and production's, with what lets the pipeline look: `... .nag FOLDER`.

A program, since validation, which the other tests switch off, is on or off for a whole process.
"""

import sys
from pathlib import Path

from aws_cdk import Validations
from cdk_nag import AwsSolutionsChecks

from api_platform.aws.stages import add_stages
from api_platform.environment import load_environments
from api_platform.pipeline.access_stack import PipelineAccessStack
from api_platform.pipeline.pipeline_file import load_pipeline
from api_platform.pipeline.pipeline_stack import PipelineStack
from tests.aws.building import an_app


def main(folder: Path) -> None:
    """Synthesize the stacks and write the report beside them."""
    app, environments = an_app(folder), load_environments()
    file = load_pipeline(environments)
    if file is None:
        sys.exit("there is no pipeline.toml")
    (stage,) = add_stages(app, "production")
    PipelineStack(app, file, environments)
    PipelineAccessStack(stage, file)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    app.synth()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
