"""How much the pods of a workload are said to use: set by a scenario in a file, read by the server."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

IDLE_CPU = 0.1
"""Share of its CPU request that a container uses under no load."""
IDLE_MEMORY = 0.3
"""The same, of memory. A workload whose minimum is 1 needs less than half its target here: memory does not shrink when
there are fewer pods, so at two of them the autoscaler would ask for two for ever."""


@dataclass(frozen=True)
class Use:
    """What the containers of a workload use of one resource: thousandths of a core, or bytes."""

    total: int = 0
    """Divided over the ready pods."""
    each: int = 0
    """Used by every pod, ready or not."""

    def of_one(self, *, ready: bool, sharers: int, limit: int | None) -> int:
        """Return what one pod uses; never more than its limit: what is over waits, or is refused."""
        use = self.each + (self.total // sharers if ready and sharers else 0)
        return use if limit is None else min(use, limit)


@dataclass(frozen=True)
class Load:
    """The load on one workload. What is None stays idle."""

    cpu: Use | None = None
    memory: Use | None = None


@dataclass
class Loads:
    """The file of loads: written whole by one process, read by another."""

    file: Path
    _read: Mapping[str, Load] = field(default_factory=dict)
    _version: tuple[int, int] = (0, 0)

    def set(self, loads: Mapping[str, Load]) -> None:
        """Replace all loads, by `namespace/workload`. Workloads that are not named are idle."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_name(f"{self.file.name}.part")
        part.write_text(json.dumps({name: asdict(load) for name, load in loads.items()}))
        part.replace(self.file)  # in one step: the server never reads half a file

    def of(self, namespace: str, workload: str) -> Load:
        """Return the load on a workload, as the file has it now. Idle where there is no file."""
        self._refresh()
        return self._read.get(f"{namespace}/{workload}", Load())

    def _refresh(self) -> None:
        try:
            state = self.file.stat()
        except FileNotFoundError:
            self._read, self._version = {}, (0, 0)
            return
        version = (state.st_mtime_ns, state.st_ino)  # the inode too: clocks of files are coarse
        if version != self._version:
            self._read = {name: _load(entry) for name, entry in json.loads(self.file.read_text()).items()}
            self._version = version


def _load(entry: Mapping[str, Any]) -> Load:
    return Load(**{resource: Use(**use) for resource, use in entry.items() if use})
