"""This platform's CDK app, as the twin runs it."""

from collections.abc import Sequence
from typing import Final

from api_platform.environment import ROOT, load_environments
from api_platform.overrides import parse_overrides
from api_platform.service.rollout import CONTEXT_KEY, wait_seconds
from api_platform.services import all_services
from eks_twin.deployment.project import Project
from eks_twin.home import DEFAULT, Home

HOME: Final = Home(ROOT / DEFAULT)
"""Where `make deploy` keeps its twin."""


def project(environment: str | None) -> Project:
    """Return the app with one environment alone; all of them where it is None."""
    return Project(
        folder=ROOT,
        stacks=(f"{environment or '*'}/*",),
        variables={"ENVIRONMENT": environment} if environment else {},
        cdk=str(ROOT / ".venv" / "bin" / "cdk"),
    )


def check_input(environment: str | None, settings: Sequence[str]) -> None:
    """Refuse what the CDK would refuse only when the twin is up. Raises InputError.

    `settings`: for this run, `rollout-wait-seconds=60` and image tags, e.g. `api-service.image.tag=v1.1.0`.
    """
    waits = [setting for setting in settings if setting.startswith(f"{CONTEXT_KEY}=")]
    for setting in waits:
        wait_seconds(setting.partition("=")[2])
    tags = parse_overrides(setting for setting in settings if setting not in waits)
    for one in load_environments(environment, tags):
        all_services(one)
