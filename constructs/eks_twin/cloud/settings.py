"""What the twin's AWS is told at its start: a file, since a command line would be long."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eks_twin.home import Home


@dataclass(frozen=True)
class CloudSettings:
    """Where everything is."""

    home: Path
    """The twin's folder."""
    port: int
    kubectl: Path
    node: Path
    """The JavaScript runtime."""
    binaries: Mapping[str, Path]
    """The programs of a control plane."""
    definitions: Mapping[str, Path]
    """Name of a Helm chart -> the file with the custom resource definitions that it brings."""
    extension: str = ""
    """What the app adds: see `load_extension`."""
    stop_with: int | None = None
    """A process with which clusters that are created end."""

    @property
    def folder(self) -> Path:
        """What the server may write to."""
        return Home(self.home).of("aws")

    @property
    def endpoint(self) -> str:
        """What the CLI, boto3 and KEDA are pointed at."""
        return f"http://localhost:{self.port}"

    @property
    def file(self) -> Path:
        """Where the settings are."""
        return self.folder / "settings.json"

    def write(self) -> None:
        """Write them for the server to read."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(vars(self), default=_plain, indent=2))

    @classmethod
    def read(cls, file: Path) -> "CloudSettings":
        """Read what `write` wrote."""
        read: dict[str, Any] = json.loads(file.read_text())
        paths = {name: Path(read[name]) for name in ("home", "kubectl", "node")}
        mappings = {name: _paths(read[name]) for name in ("binaries", "definitions")}
        return cls(**{**read, **paths, **mappings})


def _paths(read: Mapping[str, str]) -> dict[str, Path]:
    return {name: Path(path) for name, path in read.items()}


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)
