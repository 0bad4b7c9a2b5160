"""How times become ratios. Nothing here depends on how long anything takes."""

import sys
from pathlib import Path

import pytest

from benchmarks.timing import BenchmarkError, Command, Ratio, Side, Times, alternate


def a_side(tmp_path: Path, name: str) -> Side:
    """Return a side that writes its name into a file at each run."""
    program = f"open('runs', 'a').write('{name}')"
    return Side(Command((sys.executable, "-c", program), tmp_path))


def test_sides_take_turns_and_the_first_round_does_not_count(tmp_path: Path) -> None:
    times = alternate({"a": a_side(tmp_path, "a"), "b": a_side(tmp_path, "b")}, rounds=2)
    assert (tmp_path / "runs").read_text() == "ba" + "ab" + "ba"
    assert {name: len(seconds) for name, seconds in times.seconds.items()} == {"a": 2, "b": 2}


def test_a_ratio_compares_within_a_round() -> None:
    """A machine that is busy in one round slows both sides of it, and leaves their ratio as it is."""
    times = Times({"ours": (2.0, 20.0, 2.2), "theirs": (1.0, 10.0, 1.0)})
    assert times.ratio("ours", to="theirs").median == 2


def test_a_ratio_shows_its_spread() -> None:
    assert str(Ratio((3.0, 1.0, 2.0))) == "2.00 (1.00-3.00)"


def test_what_comes_before_each_run_is_not_timed(tmp_path: Path) -> None:
    prepared: list[str] = []
    side = a_side(tmp_path, "a")
    alternate({"a": Side(side.command, lambda: prepared.append("once"))}, rounds=2)
    assert len(prepared) == 3


def test_a_command_that_fails_has_no_time(tmp_path: Path) -> None:
    """Its seconds would look like a good result."""
    with pytest.raises(BenchmarkError, match="no such thing"):
        Side(Command((sys.executable, "-c", "raise SystemExit('no such thing')"), tmp_path)).seconds()
