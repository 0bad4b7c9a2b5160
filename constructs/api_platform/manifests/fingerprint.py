"""Knows whether `dist/` still is what the inputs come to, so that a synth of unchanged inputs need not run.

Uses nothing but the standard library: to load more would take longer than it saves.
"""

import hashlib
import json
import os
import site
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_SOURCES = ("constructs", "imports", "environments")
"""Folders whose every file is an input, but for what Python compiled from them."""
_NOT_SOURCES = frozenset({"__pycache__"})


@dataclass(frozen=True)
class Memory:
    """What the last synth was made from, and what it made."""

    root: Path = ROOT

    def is_current(self, fingerprint: str) -> bool:
        """Return whether the last synth had these inputs, and what it wrote is there still, byte for byte."""
        try:
            state = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(state == {"inputs": fingerprint, "outputs": self._digest(state.get("outputs", {}))})

    def remember(self, fingerprint: str, environments: Iterable[str]) -> None:
        """Keep in mind that these inputs made what is now in the environments' folders."""
        self._file.parent.mkdir(exist_ok=True)
        state = {"inputs": fingerprint, "outputs": self._digest(environments)}
        self._file.write_text(json.dumps(state), encoding="utf-8")

    def fingerprint(self, environment: str | None, overrides: Mapping[str, str]) -> str:
        """Return a digest of all that the manifests follow from: sources, packages, Python, and this run's choices."""
        choices = [environment, sorted(overrides.items()), sys.version, sys.platform, _packages()]
        sources = {folder: _digest_of(self.root / folder) for folder in _SOURCES}
        return hashlib.sha256(json.dumps([choices, sources]).encode()).hexdigest()

    def _digest(self, environments: Iterable[str]) -> dict[str, str]:
        return {name: _digest_of(self.root / "dist" / name) for name in environments}

    @property
    def _file(self) -> Path:
        return self.root / ".cache" / "synth.json"


def _packages() -> list[str]:
    """Return the installed packages: the folders that pip names after package and version."""
    folders = [Path(folder) for folder in site.getsitepackages()]
    return sorted(entry.name for folder in folders for entry in folder.glob("*.dist-info"))


def _digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(str(folder)):
        content = Path(path).read_bytes()
        name = os.path.relpath(path, folder)
        digest.update(f"{len(name)} {name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    """Return the files of a folder and of those in it, in order. `os.scandir`, since this runs at every synth."""
    if not Path(folder).is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name not in _NOT_SOURCES:
                yield from _files(entry.path)
        else:
            yield entry.path
