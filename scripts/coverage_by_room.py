"""Sums up what coverage.py measured by room, and fails where the twin falls below its floor. See `make coverage`."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FLOORS: Final = {"eks_twin": 90.0}
"""Package -> share of its lines, in percent, that the tests must run."""


@dataclass(frozen=True)
class Room:
    """A package, or a folder or a single file right inside it."""

    name: str
    covered: int
    lines: int
    """Those that can run: statements, not comments or docstrings."""

    @property
    def share(self) -> float:
        """Percent of the lines that ran; 100 where there is nothing to run."""
        return 100.0 * self.covered / self.lines if self.lines else 100.0

    def __str__(self) -> str:
        return f"{self.share:6.1f} %  {self.covered:6} of {self.lines:6}  {self.name}"


def rooms(report: Mapping[str, Any]) -> Sequence[Room]:
    """Return the packages and their rooms, each package before its rooms. `report`: of `coverage json`."""
    covered: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for file, measured in report["files"].items():
        for name in _rooms_of(Path(file)):
            covered[name] += measured["summary"]["covered_lines"]
            lines[name] += measured["summary"]["num_statements"]
    return [Room(name, covered[name], lines[name]) for name in sorted(lines)]


def too_low(found: Sequence[Room], floors: Mapping[str, float]) -> Iterator[str]:
    """Yield a sentence for each package below its floor, or not measured at all."""
    by_name = {room.name: room for room in found}
    for name, floor in floors.items():
        room = by_name.get(name)
        if room is None:
            yield f"{name} was not measured: did the tests run, and does [tool.coverage.run] name its folder?"
        elif room.share < floor:
            yield f"{name}: the tests run {room.share:.1f} % of its lines, at least {floor:.0f} % are wanted"


def _rooms_of(file: Path) -> Iterator[str]:
    package, *inside = file.parts[file.parts.index("constructs") + 1 :]
    yield package
    yield f"{package}/{inside[0]}"


def main(arguments: Sequence[str]) -> int:
    """Print the table. Returns 1 where a package is below its floor."""
    found = rooms(json.loads(Path(arguments[0]).read_text()))
    problems = list(too_low(found, FLOORS))
    print("\n".join([*map(str, found), *problems]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
