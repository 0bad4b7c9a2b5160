"""The other side: charts that render the same objects, one release for each service and environment.

The platform's own objects are a subchart that the first release of an environment brings along. So nine processes
render what three runs of ours do; a team would rather give them three more.
"""

import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from api_platform.call_graph import build_call_graph
from api_platform.environment import load_environments
from api_platform.manifests.rendering import Rendering, render
from benchmarks.helm_values import Values, environment_values, platform_values, service_values
from benchmarks.timing import Command
from benchmarks.workspace import BIN, ROOT

HELM = BIN / "helm"
CHART = ROOT / "benchmarks" / "helm" / "service"


@dataclass(frozen=True)
class Release:
    """One `helm template`: one service in one environment."""

    environment: str
    service: str
    values: tuple[Path, ...]

    @property
    def words(self) -> list[str]:
        """The command."""
        files = [word for file in self.values for word in ("--values", str(file))]
        return [str(HELM), "template", self.service, str(CHART), "--namespace", self.environment, *files]


def releases(rendering: Rendering, folder: Path) -> list[Release]:
    """Write the values files of an environment into `folder`. Returns one release for each service."""
    environment, services = rendering.environment, rendering.services
    graph = build_call_graph(services)
    shared = _written(folder / environment.name / "environment.yaml", environment_values(environment))
    platform = _written(folder / environment.name / "platform.yaml", platform_values(rendering))
    return [
        Release(
            environment.name,
            service.name,
            (
                shared,
                *([platform] if number == 0 else []),
                _written(
                    folder / environment.name / f"{service.name}.yaml", service_values(environment, service, graph)
                ),
            ),
        )
        for number, service in enumerate(services)
    ]


def write_values(folder: str) -> None:
    """Write the values of all environments, and `releases.json`, which lists the releases. Run in a copy's process."""
    listed = [
        {"environment": release.environment, "service": release.service, "values": list(map(str, release.values))}
        for environment in load_environments()
        for release in releases(render(environment), Path(folder))
    ]
    (Path(folder) / "releases.json").write_text(json.dumps(listed), encoding="utf-8")


def one_after_another(all_of_them: Sequence[Release], folder: Path) -> Command:
    """Return a shell script that writes each release to a file, as a team's own script does."""
    return _script("\n".join(["set -e", *_lines(all_of_them, folder)]), folder)


def side_by_side(all_of_them: Sequence[Release], folder: Path, processes: int) -> Command:
    """Return the same with so many processes at a time."""
    lines = "\n".join(_lines(all_of_them, folder))
    return _script(f"xargs -P {processes} -I LINE sh -c LINE <<'END'\n{lines}\nEND", folder)


def _lines(all_of_them: Sequence[Release], folder: Path) -> Iterator[str]:
    for release in all_of_them:
        yield f"{shlex.join(release.words)} > {folder / f'{release.environment}-{release.service}.yaml'}"


def _script(text: str, folder: Path) -> Command:
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "render.sh"
    script.write_text(f"{text}\n", encoding="utf-8")
    return Command(("sh", script), folder, {"PATH": "/usr/bin:/bin", "HOME": str(folder)})


def _written(file: Path, values: Values) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(values, sort_keys=False), encoding="utf-8")
    return file
