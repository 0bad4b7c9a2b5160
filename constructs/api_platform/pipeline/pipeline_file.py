"""What `pipeline.toml` may hold: where the pipeline runs, what it reads, and in which order it deploys."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator

from api_platform.environment import ROOT, Environment, EnvironmentName
from api_platform.environment_file import AccountId, EmailAddress, FileSchema, Region
from api_platform.errors import InputError
from api_platform.model import Frozen, Matches, each_once
from api_platform.refusals import explain
from api_platform.toml_file import place_of, read_toml

PIPELINE_FILE = ROOT / "pipeline.toml"
"""Beside cdk.json. Without it there is no pipeline."""


class DeployWave(Frozen):
    """Environments that are deployed side by side, once the wave before them is deployed and holds."""

    environments: Annotated[tuple[EnvironmentName, ...], Field(min_length=1, strict=False), AfterValidator(each_once)]
    """Names of environment files."""
    approval: bool = False
    """Whether somebody reads the plan and approves it first. Default: no."""


class PipelineFile(Frozen):
    """The content of `pipeline.toml`."""

    account: AccountId
    """AWS account id of the pipeline itself, twelve digits. Every environment's account trusts it (cdk bootstrap)."""
    region: Region
    """AWS region of the pipeline itself, e.g. eu-west-1."""
    repository: Annotated[
        str, Matches(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+", "a repository: <owner>/<name>, e.g. company/platform")
    ]
    """The repository of this platform: <owner>/<name>."""
    branch: Annotated[str, Matches(r"[^\s~^:?*\[\\]+", "a git branch, e.g. main")]
    """The branch that is deployed."""
    connection_arn: Annotated[
        str,
        Matches(
            r"arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:[0-9]{12}:connection/[0-9a-f-]+",
            "a connection's ARN: arn:aws:codeconnections:<region>:<account>:connection/<id>",
        ),
    ]
    """The connection (AWS CodeConnections) by which the repository is read."""
    notification_email: EmailAddress
    """Who hears of failed stages, and of plans that wait for approval."""
    waves: Annotated[tuple[DeployWave, ...], Field(min_length=1, strict=False)]
    """In the order of deployment, a table [[waves]] each."""

    @model_validator(mode="after")
    def _connection_is_the_pipelines_own(self) -> Self:
        region, account = self.connection_arn.split(":")[3:5]
        if (region, account) != (self.region, self.account):
            raise ValueError(
                f"connection_arn is one of account {account} in {region}; the pipeline, in account {self.account} and "
                f"{self.region}, can only use one of its own. Create it there, or change account and region."
            )
        return self

    @model_validator(mode="after")
    def _environments_stand_in_one_wave(self) -> Self:
        waves_of: dict[EnvironmentName, list[int]] = {}
        for number, wave in enumerate(self.waves, start=1):
            for name in wave.environments:
                waves_of.setdefault(name, []).append(number)
        for twice, numbers in waves_of.items():
            if len(numbers) > 1:
                raise ValueError(f"{twice!r} stands in waves {numbers[0]} and {numbers[1]}. Leave it in one of them.")
        return self


def load_pipeline(environments: Sequence[Environment], path: Path = PIPELINE_FILE) -> PipelineFile | None:
    """Return the pipeline that the file describes; None where there is no file.

    `environments`: all there are; each stands in a wave, or says `pipeline = false`. Raises InputError where one does
    neither or both, and on anything wrong in the file.
    """
    if not path.exists():
        return None
    try:
        file = PipelineFile.model_validate(read_toml(path))
    except ValidationError as error:
        raise InputError(explain(error, PipelineFile, "file", lambda key: place_of(path, key))) from None
    deployed = {name for wave in file.waves for name in wave.environments}
    for environment in environments:
        if environment.pipeline and environment.name not in deployed:
            raise InputError(
                f"{place_of(path, ['waves'])}: waves: {environment.name!r} is in none of them. Add it to one, or write "
                f"`pipeline = false` in environments/{environment.name}.toml."
            )
        if not environment.pipeline and environment.name in deployed:
            raise InputError(
                f"{place_of(path, ['waves'])}: waves: {environment.name!r} is in one of them, and its own file says "
                f"`pipeline = false` ({environment.place_of('pipeline')}). Remove either."
            )
    return file


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file, by which editors complete it."""
    schema = PipelineFile.model_json_schema(schema_generator=FileSchema)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
