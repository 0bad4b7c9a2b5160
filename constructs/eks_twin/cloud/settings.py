"""What the twin's AWS is told at its start: a file, since a command line would be long."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eks_twin.home import Home


@dataclass(frozen=True)
class CloudSettings:
    """Where everything is."""

    home: Path
    """The twin's folder."""
    port: int
    account: str
    region: str
    cluster: str
    """The one cluster that there is."""
    kubectl: Path
    node: Path
    """The JavaScript runtime."""
    definitions: Mapping[str, Path]
    """Product -> its custom resource definitions."""

    @property
    def folder(self) -> Path:
        """What the server may write to."""
        return Home(self.home).of("aws")

    @property
    def kubeconfig(self) -> Path:
        """By which it reaches the cluster."""
        return Home(self.home).kubeconfig

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
        self.file.write_text(json.dumps(vars(self), default=_text, indent=2))

    @classmethod
    def read(cls, file: Path) -> "CloudSettings":
        """Read what `write` wrote."""
        read = json.loads(file.read_text())
        paths = {name: Path(read[name]) for name in ("home", "kubectl", "node")}
        definitions = {product: Path(path) for product, path in read["definitions"].items()}
        return cls(**{**read, **paths, "definitions": definitions})


def _text(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)
