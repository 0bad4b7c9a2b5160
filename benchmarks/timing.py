"""Times commands side by side, so that a busy machine slows all of them alike."""

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


class BenchmarkError(Exception):
    """A command that is to be timed fails: its time would mean nothing."""


@dataclass(frozen=True)
class Command:
    """One program, and where and how it is run."""

    words: Sequence[str | Path]
    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    """The whole environment of the process."""

    def run(self) -> None:
        """Run it in silence. Raises BenchmarkError with what it said when it fails."""
        words = [str(word) for word in self.words]
        done = subprocess.run(
            words, cwd=self.folder, env=dict(self.variables), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BenchmarkError(f"{' '.join(words)} in {self.folder}: exit code {done.returncode}\n{done.stderr}")


@dataclass(frozen=True)
class Side:
    """One of the things that are compared."""

    command: Command
    prepare: Callable[[], None] | None = None
    """Done before each run, and not timed."""

    def seconds(self) -> float:
        """Run it once. Returns the wall-clock time."""
        if self.prepare:
            self.prepare()
        start = time.perf_counter()
        self.command.run()
        return time.perf_counter() - start


@dataclass(frozen=True)
class Ratio:
    """How much longer one side takes than another: the median over rounds, each of which ran both."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The ratio that is reported."""
        return median(self.rounds)

    def __str__(self) -> str:
        """Return the median, and the lowest and highest round."""
        if len(self.rounds) == 1:
            return f"{self.median:.2f}"
        return f"{self.median:.2f} ({min(self.rounds):.2f}-{max(self.rounds):.2f})"


@dataclass(frozen=True)
class Times:
    """Seconds of every side, round by round."""

    seconds: Mapping[str, tuple[float, ...]]

    def median(self, side: str) -> float:
        """Return the side's median."""
        return median(self.seconds[side])

    def ratio(self, side: str, to: str) -> Ratio:
        """Return how much longer `side` takes than `to`."""
        return Ratio(tuple(a / b for a, b in zip(self.seconds[side], self.seconds[to], strict=True)))


def alternate(sides: Mapping[str, Side], rounds: int) -> Times:
    """Run all sides in turn, `rounds` times, every other round backwards; one round before that is not counted.

    That first one fills the page cache and writes `.pyc` files.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name in list(sides)[:: 1 if number % 2 else -1]:
            elapsed = sides[name].seconds()
            if number:
                seconds[name].append(elapsed)
    return Times({name: tuple(values) for name, values in seconds.items()})
