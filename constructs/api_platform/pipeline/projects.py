"""All of the pipeline's projects: what each runs, and what its role may do."""

from collections.abc import Iterator, Sequence

from api_platform.environment import Environment
from api_platform.pipeline import buildspecs
from api_platform.pipeline.build_project import BuildProject
from api_platform.pipeline.permissions import assume, bootstrap_roles
from api_platform.pipeline.pipeline_file import PipelineFile
from api_platform.pipeline.pipeline_names import check_role_arn


def all_projects(file: PipelineFile, environments: Sequence[Environment]) -> Iterator[BuildProject]:
    """Yield those of the pipeline itself, then those of each environment."""
    own = bootstrap_roles(file.account, file.region, "deploy", "file-publishing", "lookup")
    yield BuildProject("build", "Synthesizes the platform", buildspecs.build(), timeout_minutes=30)
    yield BuildProject("test", "Runs every check", buildspecs.test(), timeout_minutes=60, large=True)
    yield BuildProject("update", "Deploys the pipeline itself", buildspecs.update(), 30, permissions=(own,))
    for environment in environments:
        yield from _projects_of(environment)


def _projects_of(environment: Environment) -> Iterator[BuildProject]:
    name, account, region = environment.name, environment.account, environment.region
    look, read = assume(check_role_arn(environment)), bootstrap_roles(account, region, "lookup")
    change = bootstrap_roles(account, region, "deploy", "file-publishing", "lookup")
    for purpose, description, buildspec, minutes, permissions in (
        ("plan", f"Says what would change in {name}", buildspecs.plan(environment), 30, (look, read)),
        ("deploy", f"Deploys {name}", buildspecs.deploy(environment), 480, (change,)),
        ("check", f"Looks whether {name} serves", buildspecs.check(environment), 30, (look,)),
    ):
        yield BuildProject(f"{purpose}-{name}", description, buildspec, minutes, permissions)
