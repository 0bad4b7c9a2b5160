"""Keeps what charts came to, by a digest of exactly what they were given and of the code that they are made by.

An entry is never wrong, only missing: its name is the digest of all that it follows from, and one that was cut off,
altered or taken away is made again. Several processes may use one cache: files appear whole, by one rename.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from pydantic import BaseModel

from api_platform.context import ChartContext
from api_platform.manifests.fingerprint import ROOT, Code
from api_platform.manifests.rendered_chart import RenderedChart

_KEPT_PER_CHART = 4
"""So many entries stay for each chart of an environment, the last used: tags tried out, branches gone through."""
_CODE, _SPECS = "api_platform.", "api_platform.services"
"""The code's digest knows the first modules' text, and leaves out the second's: specs are data to it."""


class NotKept(Exception):  # noqa: N818 - an answer rather than an error
    """The digest would miss a part of what the chart follows from."""


@dataclass(frozen=True)
class ChartCache:
    """A folder of rendered charts, one of each environment's in it."""

    code: Code
    folder: Path = ROOT / ".cache" / "charts"

    def render(self, environment: str, contexts: Mapping[str, ChartContext]) -> dict[str, RenderedChart]:
        """Return what each of the environment's charts comes to; only those that are not known are rendered."""
        folder = self.folder / environment
        made: dict[Path, RenderedChart] = {}
        charts = {}
        for stem, context in contexts.items():
            entry = self._entry(folder, context)
            known = _read(entry) if entry else None
            charts[stem] = known or RenderedChart.of(context)
            if entry and not known:
                made[entry] = charts[stem]
        if made and self.code.is_what_this_process_runs():
            folder.mkdir(parents=True, exist_ok=True)
            for entry, chart in made.items():
                _write(entry, chart)
            _prune(folder, _KEPT_PER_CHART * len(contexts))
        return charts

    def _entry(self, folder: Path, context: ChartContext) -> Path | None:
        try:
            text = json.dumps([self.code.digest, _plain(context)])
        except NotKept:
            return None
        return folder / hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    """Return the value as JSON has it, with every type's name: `CacheAccess()` and `DatabaseAccess()` are both empty.

    Raises NotKept on what is no plain data, and on a type whose code the digest leaves out.
    """
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind in (tuple, list):
        return [_plain(one) for one in value]  # type: ignore[attr-defined]
    if isinstance(value, Mapping):
        return {"": [[_plain(key), _plain(one)] for key, one in value.items()]}
    if isinstance(value, BaseModel):
        parts = list(kind.model_fields)  # type: ignore[attr-defined]
    elif is_dataclass(value):
        parts = [field.name for field in fields(value)]
    else:
        raise NotKept
    if not kind.__module__.startswith(_CODE) or kind.__module__.startswith(_SPECS):
        raise NotKept
    return {f"{kind.__module__}.{kind.__qualname__}": [_plain(getattr(value, part)) for part in parts]}


def _read(entry: Path) -> RenderedChart | None:
    """Return what the entry holds; None where there is none, or not as it was written."""
    try:
        digest, _, content = entry.read_bytes().partition(b"\n")
        if digest.decode() != hashlib.sha256(content).hexdigest():
            return None
        os.utime(entry)
    except (OSError, UnicodeDecodeError):
        return None
    objects, yaml = json.loads(content)
    return RenderedChart(tuple(objects), yaml)


def _write(entry: Path, chart: RenderedChart) -> None:
    content = json.dumps([chart.objects, chart.yaml]).encode()
    with tempfile.NamedTemporaryFile(dir=entry.parent, delete=False) as file:
        file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    Path(file.name).replace(entry)


def _prune(folder: Path, kept: int) -> None:
    """Leave the entries that were used last. Another process may remove some at the same time."""
    ages: dict[str, float] = {}
    for entry in os.scandir(folder):
        try:
            ages[entry.path] = entry.stat().st_mtime
        except FileNotFoundError:
            continue
    for path in sorted(ages, key=lambda path: ages[path], reverse=True)[kept:]:
        Path(path).unlink(missing_ok=True)
