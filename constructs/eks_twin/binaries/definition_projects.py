"""Where projects publish their custom resource definitions: in which Go module, in which files of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eks_twin.binaries.go_module import GoModule
from eks_twin.errors import TwinError


@dataclass(frozen=True)
class DefinitionProject:
    """One project that publishes definitions: who it is, and where in its Go module they lie."""

    key: str
    """The name that a program knows it by."""
    name: str
    module: str
    """Path of the Go module."""
    files: str
    """Which files of the module hold all its definitions, and nothing else: a pattern, from the module's root."""
    licence: str = "Apache-2.0"

    def paths(self, folder: Path) -> list[Path]:
        """Return the files, where the module lies in a folder. Raises TwinError when there is none."""
        found = sorted(folder.glob(self.files))
        if not found:
            raise TwinError(
                f"{self.name} has no {self.files} any more: find its definitions in {folder}, and correct the pattern."
            )
        return found


@dataclass(frozen=True)
class Definitions:
    """The custom resource definitions that an app's Helm charts bring."""

    module: GoModule
    """Pins the projects' Go modules: their versions, and in go.sum their content."""
    charts: Mapping[str, DefinitionProject]
    """Name of a chart -> the project whose definitions it installs."""

    @property
    def projects(self) -> tuple[DefinitionProject, ...]:
        """Each project once."""
        return tuple(dict.fromkeys(self.charts.values()))
