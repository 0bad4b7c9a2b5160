"""A plot that cannot be drawn, or not be read, is refused where it is made: the page is too late."""

from collections.abc import Callable
from typing import Any

import pytest

from eks_twin.proof.plot import (
    Band,
    Layer,
    LimitLine,
    LinePlot,
    Phase,
    Plot,
    PlotEvent,
    Series,
    StackedBars,
    Timeline,
)
from eks_twin.proof.quantities import at_least

NAN = float("nan")


def _lines(points: list[tuple[float, float]], count: int = 1, **other: Any) -> LinePlot:
    series = [Series(f"series {at}", points) for at in range(count)]
    return LinePlot(title="Ready pods", value="pods", series=series, **other)


def _bars(*values: float, count: int = 1) -> StackedBars:
    return StackedBars(title="Pods", value="pods", bars=["a"], layers=[Layer(f"l{at}", values) for at in range(count)])


REFUSED: dict[str, tuple[Callable[[], Plot], str]] = {
    "no points": (lambda: _lines([]), "no points"),
    "a point that is no number": (lambda: _lines([(0, NAN)]), "holds nan"),
    "a time before the start": (lambda: _lines([(-1, 1)]), "holds -1"),
    "an endless band": (lambda: _lines([(0, 1)], bands=[Band("b", [(0, 0)], [(0, float("inf"))])]), "holds inf"),
    "an odd limit": (lambda: _lines([(0, 1)], limits=[LimitLine("l", at_least(NAN))]), "holds nan"),
    "an odd event": (lambda: _lines([(0, 1)], events=[PlotEvent(0, "e", until=NAN)]), "holds nan"),
    "too many lines": (lambda: _lines([(0, 1)], count=7), "needs 7 colours"),
    "too many layers": (lambda: _bars(1, count=7), "needs 7 colours"),
    "a bar without a value": (_bars, "needs one value for each bar"),
    "a bar below zero": (lambda: _bars(-1), "holds -1"),
    "no phases": (lambda: Timeline(title="Stacks", phases=[]), "no phases"),
    "an endless phase": (lambda: Timeline(title="Stacks", phases=[Phase("a", 0, float("inf"))]), "holds inf"),
    "too many kinds": (
        lambda: Timeline(title="Stacks", phases=[Phase("a", 0, 1, str(kind)) for kind in range(7)]),
        "needs 7 colours",
    ),
}


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused(make: Callable[[], Plot], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
