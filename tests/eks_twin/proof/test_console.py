"""The terminal shows what goes on, and ends with a line that a script can read."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from eks_twin.proof.console import LiveProgress, PlainProgress, closing_line, conclude, progress
from eks_twin.proof.result import Outcome, Result, Verdict
from eks_twin.proof.scenario import Scenario
from tests.eks_twin.proof import samples

SCENARIO: Scenario[None] = Scenario(
    name="spread", title="T", expectation="E.", run=lambda _: Outcome(failures=["never run"])
)


def _result(verdict: Verdict = Verdict.HELD, *reasons: str) -> Result:
    return Result(name="spread", title="T", expectation="E.", verdict=verdict, seconds=61, reasons=reasons)


def _console(width: int = 100, *, terminal: bool = False) -> tuple[Console, StringIO]:
    file = StringIO()
    return Console(file=file, width=width, force_terminal=terminal, color_system=None), file


@pytest.mark.parametrize(
    ("held", "failed", "left_out", "line"),
    [
        (8, 0, 0, "8 passed, 0 failed"),
        (6, 2, 0, "6 passed, 2 failed"),
        (6, 1, 1, "6 passed, 1 failed, 1 skipped"),
        (0, 0, 8, "0 passed, 0 failed, 8 skipped"),
    ],
)
def test_the_closing_line_counts(held: int, failed: int, left_out: int, line: str) -> None:
    counts = {Verdict.HELD: held, Verdict.FAILED: failed, Verdict.LEFT_OUT: left_out}
    assert closing_line([_result(verdict) for verdict, count in counts.items() for _ in range(count)]) == line


@pytest.mark.parametrize("width", [20, 80, 160])
def test_the_closing_line_stands_alone_at_the_end_at_any_width(tmp_path: Path, width: int) -> None:
    console, file = _console(width)
    conclude(samples.results(), samples.SETTING, tmp_path, console)
    assert file.getvalue().endswith("\n5 passed, 2 failed, 1 skipped\n")


@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_table_fits_the_terminal_and_names_every_scenario(tmp_path: Path, width: int) -> None:
    console, file = _console(width)
    conclude(samples.results(), samples.SETTING, tmp_path, console)
    table = file.getvalue().split("The page:", maxsplit=1)[0].splitlines()
    assert max(map(len, table)) <= width
    for result in samples.results():
        assert any(result.name in line and result.verdict in line for line in table)


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([Verdict.HELD], 0),
        ([Verdict.HELD, Verdict.LEFT_OUT], 0),
        ([Verdict.HELD, Verdict.FAILED], 1),
    ],
)
def test_the_exit_code_is_1_where_anything_failed(tmp_path: Path, verdicts: list[Verdict], code: int) -> None:
    console, _ = _console()
    assert conclude([_result(verdict) for verdict in verdicts], samples.SETTING, tmp_path, console) == code


def test_the_report_is_written_and_its_place_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    console, file = _console(40)
    conclude([_result()], samples.SETTING, tmp_path / "dist" / "proof", console)
    assert "The page: dist/proof/index.html\n" in file.getvalue()
    assert (tmp_path / "dist" / "proof" / "index.html").exists()


def test_messages_are_text_and_no_markup_of_the_terminal(tmp_path: Path) -> None:
    console, file = _console()
    conclude([_result(Verdict.FAILED, "[red]pods[/red] are [bold")], samples.SETTING, tmp_path, console)
    assert "[red]pods[/red] are [bold" in file.getvalue()


def test_a_log_gets_a_line_for_each_thing_that_happens() -> None:
    console, file = _console(40)
    with progress(console) as shown:
        assert isinstance(shown, PlainProgress)
        shown.started(SCENARIO)
        shown.ended(_result(Verdict.FAILED, "a pod was lost, and this line is longer than the terminal is wide"))
    assert file.getvalue().replace("\N{NO-BREAK SPACE}", " ").splitlines() == [
        "spread: begins",
        "spread: failed (1 min 1 s): a pod was lost, and this line is longer than the terminal is wide",
    ]


def test_a_terminal_shows_the_running_scenario_live() -> None:
    console, file = _console(terminal=True)
    with progress(console) as shown:
        assert isinstance(shown, LiveProgress)
        shown.started(SCENARIO)
        shown.ended(_result())
    last = file.getvalue().rstrip("\x1b[?25h\n").splitlines()[-1]
    assert "spread  held" in last
