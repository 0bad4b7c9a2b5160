"""An environment: one of development, staging and production, read from `environments/<name>.toml`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar, get_args

from pydantic import Field, ValidationError

from api_platform.environment_file import EnvironmentFacts, EnvironmentFile
from api_platform.errors import InputError, nearest
from api_platform.image import Image
from api_platform.refusals import explain
from api_platform.toml_file import place_of, read_toml

EnvironmentName = Literal["development", "staging", "production"]
ENVIRONMENT_NAMES: tuple[EnvironmentName, ...] = get_args(EnvironmentName)

ROOT = Path(__file__).resolve().parents[2]
"""The repository."""
ENVIRONMENTS = ROOT / "environments"
"""Where the environment files are."""

D = TypeVar("D")
S = TypeVar("S")
P = TypeVar("P")


class ChartEnvironment(EnvironmentFacts):
    """What charts may see of an environment: not what only specs read, so that an image's tag is its service's alone.

    A chart's output is kept by a digest of what the chart is given (`manifests.chart_cache`).
    """

    name: EnvironmentName
    """The file's own name. It names the namespace, the stage, the roles and the queues."""

    def choose(self, *, development: D, staging: S, production: P) -> D | S | P:
        """Return the value for this environment. All three are named where the difference matters."""
        choices: dict[str, D | S | P] = {"development": development, "staging": staging, "production": production}
        return choices[self.name]


class Environment(ChartEnvironment, EnvironmentFile):
    """One deployment of the whole platform: its file's facts, its name, and what was overridden for one run."""

    overrides: Mapping[str, str] = {}
    """Service -> tag (or tag@digest) for this run alone. Default: none."""
    file: Annotated[Path | None, Field(exclude=True)] = None
    """Where it was read from: messages name it. Default: nowhere, as in a test."""

    @property
    def for_charts(self) -> ChartEnvironment:
        """Return the part that charts may see."""
        return ChartEnvironment(**{field: getattr(self, field) for field in ChartEnvironment.model_fields})

    def image(self, service: str, default: Image | None = None) -> Image:
        """Return the service's image: the environment file's, else the spec's own `default`; at this run's tag.

        Raises InputError where there is neither.
        """
        image = self.images.get(service, default)
        if image is None:
            raise InputError(
                f"{self.place_of('images')}: images.{service}: is missing, and the spec gives no default. "
                f"Add a table [images.{service}] with repository and tag."
            )
        override = self.overrides.get(service)
        if override is None:
            return image
        try:
            return image.with_tag(override)
        except InputError as error:
            raise InputError(f"override {service}.image.tag={override}: {error}") from None

    def replica_ceiling(self, workload: str, default: int) -> int:
        """Return how many replicas the workload may have: the environment file's figure, else the spec's `default`."""
        own = self.replicas.get(workload)
        return own.maximum if own else default

    def place_of(self, *key: str) -> str:
        """Return the file, and the line in it that sets `key`: where a message sends its reader."""
        return place_of(self.file, key) if self.file else f"environments/{self.name}.toml"


def load_environments(
    only: str | None = None, overrides: Mapping[str, str] | None = None, directory: Path = ENVIRONMENTS
) -> tuple[Environment, ...]:
    """Return all environments, or the one named `only`; `overrides` (service -> tag) hold in each of them.

    Raises InputError on an unknown name and on anything wrong in a file.
    """
    if only is not None and only not in ENVIRONMENT_NAMES:
        raise InputError(f"environment {only!r} does not exist. {nearest(only, ENVIRONMENT_NAMES)}")
    names = ENVIRONMENT_NAMES if only is None else (only,)
    return tuple(_load(directory / f"{name}.toml", overrides or {}) for name in names)


def _load(path: Path, overrides: Mapping[str, str]) -> Environment:
    facts = read_toml(path)
    try:
        file = EnvironmentFile.model_validate(facts)
    except ValidationError as error:
        raise InputError(explain(error, EnvironmentFile, "file", lambda key: place_of(path, key))) from None
    return Environment.model_validate({**dict(file), "name": path.stem, "overrides": dict(overrides), "file": path})
