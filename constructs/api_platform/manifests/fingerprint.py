"""Knows whether `dist/` still is what the inputs come to, so that a synth of unchanged inputs need not run.

Uses nothing but the standard library: to load more would take longer than it saves.
"""

import hashlib
import json
import os
import site
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api_platform import STARTED

ROOT = Path(__file__).resolve().parents[3]
_PRODUCT = "constructs/api_platform"
_SPECS = f"{_PRODUCT}/services"
_SOURCES = (_PRODUCT, "imports")
"""Folders whose every file is code that charts are made by, but for these and what Python compiled."""
_NOT_SOURCES = (_SPECS, f"{_PRODUCT}/proof")
_CLOCK_SECONDS = 0.1
"""File systems tell the time less finely than this."""


@dataclass(frozen=True)
class Code:
    """All that turns specs into manifests: sources, packages, Python. Specs and environment files are not in it."""

    digest: str
    root: Path
    loaded: float = STARTED
    """When the process that read it began to load it, in seconds since 1970."""

    @classmethod
    def of(cls, root: Path = ROOT) -> "Code":
        """Read the code as it is on disk now."""
        sources = [_digest_of(root / folder, cls._left_out(root)) for folder in _SOURCES]
        parts = [sys.version, sys.platform, _packages(), sources]
        return cls(hashlib.sha256(json.dumps(parts).encode()).hexdigest(), root)

    def is_what_this_process_runs(self) -> bool:
        """Return whether no source was written since this process loaded the first of them."""
        files = (path for folder in _SOURCES for path in _files(str(self.root / folder), self._left_out(self.root)))
        return all(Path(path).stat().st_ctime < self.loaded - _CLOCK_SECONDS for path in files)

    @staticmethod
    def _left_out(root: Path) -> list[str]:
        return [str(root / folder) for folder in _NOT_SOURCES]


@dataclass(frozen=True)
class LastSynth:
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
        choices = [environment, sorted(overrides.items())]
        specs = [_digest_of(self.root / folder) for folder in (_SPECS, "environments")]
        return hashlib.sha256(json.dumps([choices, specs, Code.of(self.root).digest]).encode()).hexdigest()

    def _digest(self, environments: Iterable[str]) -> dict[str, str]:
        return {name: _digest_of(self.root / "dist" / name) for name in environments}

    @property
    def _file(self) -> Path:
        return self.root / ".cache" / "synth.json"


def _packages() -> list[str]:
    """Return the installed packages: the folders that pip names after package and version."""
    folders = [Path(folder) for folder in site.getsitepackages()]
    return sorted(entry.name for folder in folders for entry in folder.glob("*.dist-info"))


def _digest_of(folder: Path, without: Sequence[str] = ()) -> str:
    digest = hashlib.sha256()
    for path in _files(str(folder), without):
        content = Path(path).read_bytes()
        name = os.path.relpath(path, folder)
        digest.update(f"{len(name)} {name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: str, without: Sequence[str]) -> Iterator[str]:
    """Return the files of a folder and of those in it, in order. `os.scandir`, since this runs at every synth."""
    if not Path(folder).is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.is_dir():
            if entry.name != "__pycache__" and entry.path not in without:
                yield from _files(entry.path, without)
        else:
            yield entry.path
