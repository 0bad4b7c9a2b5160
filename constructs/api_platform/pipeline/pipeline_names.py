"""The pipeline's own names. Plain text, so that buildspecs and other accounts' policies can hold them."""

from typing import Final

from api_platform import names
from api_platform.environment import Environment
from api_platform.pipeline.pipeline_file import PipelineFile

PIPELINE: Final = "api-platform"
"""Name of the pipeline, and the beginning of all that belongs to it."""
STACK: Final = "pipeline"
"""Its stack, which `cdk deploy pipeline` deploys."""
ACCESS_STACK: Final = "pipeline-access"
"""The stack in each environment's account by which the pipeline may look at it."""
BUILD_ARTIFACT: Final = "assembly"
"""What Build hands on: `cdk.out`, and in it the plain YAML and what pins the CDK CLI."""

CHECK_SUBJECT: Final = "pipeline-check"
"""What the role in an environment's account is for, by which the pipeline looks at it."""


def check_role_arn(environment: Environment) -> str:
    """Return the ARN of that role."""
    return names.role_arn(environment, CHECK_SUBJECT)


def plan_artifact(environment: Environment) -> str:
    """Return the name of what an environment's plan hands on to its check."""
    return f"plan_{environment.name}"


def project_name(purpose: str) -> str:
    """Return the name of the project for a purpose (`build`, `deploy-production`), and of its role."""
    return f"{PIPELINE}-{purpose}"


def project_role_arn(file: PipelineFile, purpose: str) -> str:
    """Return the ARN of that role."""
    return f"arn:aws:iam::{file.account}:role/{project_name(purpose)}"
