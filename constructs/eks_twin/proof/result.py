"""What a scenario measured, and what follows from it: plain frozen data.

A scenario does not say whether it held. That follows from its figures, its tables and the failures that it names, so
the verdict on the page cannot differ from the evidence below it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from eks_twin.proof.plot import Plot
from eks_twin.proof.quantities import Limit, number


class Verdict(StrEnum):
    """What became of an expectation."""

    HELD = "held"
    FAILED = "failed"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Figure:
    """One measured figure, e.g. `Figure("Time to maximum", 13.1, "min", at_most(14), key=True)`."""

    label: str
    value: float | str
    unit: str = ""
    limit: Limit | None = None
    """In the same unit; only where the value is a number. A figure that breaks its limit fails the scenario."""
    of: float | None = None
    """The whole of which the value is a part: 118 of 118."""
    key: bool = False
    """Whether the table on top shows it. Without any, the table shows the first."""

    def __post_init__(self) -> None:
        _refuse_endless(f"figure {self.label!r}", self.value)
        if self.limit and isinstance(self.value, str):
            raise ValueError(f"figure {self.label!r}: the text {self.value!r} cannot be held against '{self.limit}'")

    @property
    def verdict(self) -> Verdict | None:
        """Whether it kept its limit; None where it has none."""
        if self.limit is None or isinstance(self.value, str):
            return None
        return Verdict.HELD if self.limit.allows(self.value) else Verdict.FAILED

    @property
    def text(self) -> str:
        """The value as people read it, without its unit."""
        return self.value if isinstance(self.value, str) else number(self.value, self.limit)

    @property
    def suffix(self) -> str:
        """What follows the value: the whole, the unit, both or neither."""
        return " ".join(
            [*([f"of {number(self.of)}"] if self.of is not None else []), *([self.unit] if self.unit else [])]
        )

    @property
    def demand(self) -> str:
        """The limit in words, with its unit; empty where there is none."""
        return f"{self.limit}\N{NO-BREAK SPACE}{self.unit}".rstrip() if self.limit else ""

    def __str__(self) -> str:
        return f"{self.label}: {self.text} {self.suffix}".rstrip()


@dataclass(frozen=True)
class Cell:
    """A table's cell that is more than text or a number."""

    content: float | str
    verdict: Verdict | None = None
    """Marks the cell. One that failed fails the scenario."""
    code: bool = False
    """Whether it is what a program printed: fixed width, lines kept."""
    weight: float | None = None
    """From 0 to 1: how strongly the cell is tinted, as in a heat map."""

    @property
    def numeric(self) -> bool:
        """Whether it holds a number."""
        return not isinstance(self.content, str)

    @property
    def text(self) -> str:
        """The content as people read it."""
        return self.content if isinstance(self.content, str) else number(self.content)


Row = Sequence[Cell | float | str]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of a scenario's section. Raises ValueError where a row is longer or shorter than the header."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]
    note: str = ""
    """What the reader must know to read it right."""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"table {self.title!r} has {len(self.columns)} columns, but this row is other: {row}")
        for cell in chain.from_iterable(self.cells):
            _refuse_endless(f"table {self.title!r}", cell.content)

    @property
    def cells(self) -> Sequence[Sequence[Cell]]:
        """The rows, in which what is only text or a number is a cell too."""
        return [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in self.rows]

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """The verdicts of all cells that have one."""
        return [cell.verdict for cell in chain.from_iterable(self.cells) if cell.verdict]

    def numeric(self, column: int) -> bool:
        """Return whether the column at this place, from 0, holds numbers alone."""
        return bool(self.rows) and all(row[column].numeric for row in self.cells)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a scenario's run hands back.

    Raises ValueError where nothing in it could have failed: a figure with a limit, or a cell with a verdict.
    """

    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    plots: Sequence[Plot] = ()
    notes: Sequence[str] = ()
    """What was simulated, and the time scale: one sentence each."""
    failures: Sequence[str] = ()
    """What went against the expectation and stands in no figure and no table: one sentence each."""

    def __post_init__(self) -> None:
        if not self.failures and not any(self._verdicts()):
            raise ValueError("nothing was measured that could have failed: no figure has a limit, no cell a verdict")

    @property
    def verdict(self) -> Verdict:
        """Held, unless anything failed."""
        return Verdict.FAILED if self.reasons else Verdict.HELD

    @property
    def reasons(self) -> Sequence[str]:
        """Why it failed: one sentence for each failure, for each broken limit and for each table with bad cells."""
        broken = [f"{figure}, wanted {figure.demand}" for figure in self.figures if figure.verdict is Verdict.FAILED]
        counts = {table.title: table.verdicts.count(Verdict.FAILED) for table in self.tables}
        bad = [f"{title}: {count} failed, see the table" for title, count in counts.items() if count]
        return [*self.failures, *broken, *bad]

    def _verdicts(self) -> Iterator[Verdict | None]:
        yield from (figure.verdict for figure in self.figures)
        yield from (verdict for table in self.tables for verdict in table.verdicts)


@dataclass(frozen=True, kw_only=True)
class Result:
    """A scenario, what it measured, and the verdict: what the page and the console show."""

    name: str
    title: str
    expectation: str
    verdict: Verdict
    seconds: float
    reasons: Sequence[str] = ()
    """Why it failed or was left out."""
    form: str = ""
    """What this run of it left out; empty for a full one."""
    outcome: Outcome | None = None
    """None where it was left out, or broke off."""

    @property
    def key_figures(self) -> Sequence[Figure]:
        """The figures for the table on top."""
        figures = self.outcome.figures if self.outcome else ()
        return [figure for figure in figures if figure.key] or list(figures[:1])


def _refuse_endless(where: str, value: float | str) -> None:
    """No measurement yields infinity, and JSON has no word for it."""
    if not isinstance(value, str) and not math.isfinite(value):
        raise ValueError(f"{where} holds {value}, which is no measured number")
