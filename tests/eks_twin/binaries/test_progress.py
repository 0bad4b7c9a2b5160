import io
import time

import pytest
from rich.console import Console

from eks_twin.binaries.progress import Lines, LiveTable, shown_steps
from eks_twin.binaries.step import Step

COMPILING = "compiling k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    made = Clock()
    monkeypatch.setattr(time, "monotonic", made)
    return made


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def drawn(*steps: Step, width: int) -> list[str]:
    """What a terminal of this width shows."""
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=width, record=True)
    table = LiveTable(console)
    for step in steps:
        table(step)
    table.stop()
    console.file = io.StringIO()
    console.print(table.table())
    shown = console.file.getvalue()
    return [line.rstrip() for line in shown.splitlines()]


def written(console_width: int = 80, *steps: Step) -> list[str]:
    file = io.StringIO()
    lines = Lines(Console(file=file, width=console_width))
    for step in steps:
        lines(step)
    return file.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 160])
def test_each_step_is_one_row_on_any_terminal(width: int, clock: Clock) -> None:
    compiling = Step("kubernetes", "", started=0).then(COMPILING, finished=400, total=2140)
    clock.now = 61.4
    rows = drawn(compiling, Step("etcd", "v3.6.16 is built: etcd", state="done", started=60), width=width)
    assert len(rows) == 2
    assert rows[0].startswith("• kubernetes compiling k8s.io")
    assert rows[0].endswith("400/2140 61 s")
    assert rows[1].startswith("✓ etcd ")
    assert rows[1].endswith(" 1 s")
    assert all(len(row) <= width for row in rows)


def test_a_row_that_ended_stops_its_clock(clock: Clock) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=80)
    table = LiveTable(console)
    clock.now = 5
    table(Step("etcd", "failed", state="failed", started=0))
    clock.now = 50
    table.stop()
    console.file = io.StringIO()
    console.print(table.table())
    assert " 5 s" in console.file.getvalue()


@pytest.mark.usefixtures("clock")
def test_without_a_terminal_a_line_is_written_at_each_turn_only() -> None:
    """A log of 2140 lines, one for each package, would bury what matters."""
    step = Step("etcd", "v3.6.16: about 35 s, once", started=0)
    steps = [
        step,
        *(step.then(f"fetching module{n}") for n in range(9)),
        *(step.then(f"compiling package{n}", finished=n, total=9) for n in range(1, 9)),
        step.then("v3.6.16 is built: etcd", state="done"),
    ]
    assert written(80, *steps) == [
        "etcd: v3.6.16: about 35 s, once (0 s)",
        "etcd: fetching module0 (0 s)",
        "etcd: compiling package1 (1 of 9, 0 s)",
        "etcd: v3.6.16 is built: etcd (0 s)",
    ]


def test_without_a_terminal_long_work_is_heard_of_every_half_minute(clock: Clock) -> None:
    """A CI job that is silent for minutes gets killed."""
    file = io.StringIO()
    lines = Lines(Console(file=file))
    step = Step("etcd", "begins", started=0)
    for second in range(0, 100, 5):
        clock.now = second
        lines(step.then(f"compiling package{second}", finished=second, total=100))
    assert [line.split("(")[1] for line in file.getvalue().splitlines()] == [
        "0 of 100, 0 s)",
        "30 of 100, 30 s)",
        "60 of 100, 60 s)",
        "90 of 100, 90 s)",
    ]


def test_a_line_is_not_wrapped_where_a_log_is_narrow() -> None:
    assert len(written(20, Step("etcd", COMPILING))) == 1


def test_nothing_is_shown_where_nothing_is_to_be_done() -> None:
    """A run that finds everything in the cache says not a word."""
    console = Console(file=io.StringIO(), force_terminal=True)
    with shown_steps(console):
        pass
    assert isinstance(console.file, io.StringIO)
    assert not console.file.getvalue()


def test_steps_go_to_stderr_so_that_stdout_can_be_read_by_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_steps() as progress:
        progress(Step("etcd", "begins"))
    out, err = capsys.readouterr()
    assert (out, err) == ("", "etcd: begins (0 s)\n")


def fail_while_shown(console: Console) -> None:
    with shown_steps(console) as progress:
        progress(Step("etcd", "begins"))
        raise ZeroDivisionError


def test_the_table_stops_when_something_fails() -> None:
    """Left running, it would draw over the message that follows."""
    console = Console(file=io.StringIO(), force_terminal=True)
    with pytest.raises(ZeroDivisionError):
        fail_while_shown(console)
    assert not console._live_stack
