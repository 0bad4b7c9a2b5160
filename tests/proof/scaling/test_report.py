from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api_platform.proof.scaling import report
from api_platform.proof.scaling.measured import Measured
from api_platform.proof.scaling.report import Nodes, Scaled
from eks_twin.measure.steps import Steps
from eks_twin.proof.result import Cell, Outcome, Verdict
from tests.proof.scaling.measuring import measured, worker

SYSTEM = Nodes("system", Steps([(0, 6), (300, 9), (600, 17)]), 60)


def scaled(*workloads: Measured, nodes: Sequence[Nodes] = (SYSTEM,)) -> Scaled:
    return Scaled(workloads or (measured(), worker()), nodes, factor=20, node_delay=60)


def outcome(what: Scaled) -> Outcome:
    return Outcome(
        figures=report.figures(what),
        tables=report.tables(what),
        notes=report.notes(what),
        failures=report.failures(what),
    )


def figure(what: Scaled, label: str) -> Any:
    return next(each.value for each in report.figures(what) if each.label == label)


def texts(what: Scaled, table: int, row: int) -> list[object]:
    cells = report.tables(what)[table].rows[row]
    return [cell.content if isinstance(cell, Cell) else cell for cell in cells]


def test_who_keeps_to_the_policy_holds() -> None:
    assert outcome(scaled()).verdict is Verdict.HELD


def test_the_way_of_each_workload_stands_beside_what_its_policy_allows() -> None:
    assert texts(scaled(), 0, 0)[:7] == [
        "api-service",
        "CPU",
        "3 to 100",
        *["12\N{NO-BREAK SPACE}min"] * 2,
        *["44\N{NO-BREAK SPACE}min"] * 2,
    ]


def test_the_drain_of_each_queue_is_told_with_the_speed_of_its_workers() -> None:
    assert texts(scaled(), 1, 0) == ["data-export", 28, 2, 300, "20\N{NO-BREAK SPACE}min"]


def test_the_times_are_figures_in_minutes() -> None:
    assert figure(scaled(), "api-service: from 3 to 100") == 12
    assert figure(scaled(), "data-export: 28 messages drained") == 20


def test_the_most_nodes_are_told_beside_what_the_group_may_have() -> None:
    assert figure(scaled(), "Most nodes of system, which may have 60") == 17


def test_who_goes_beyond_the_policy_fails_and_is_named() -> None:
    fast = measured(replicas=Steps([(0, 3), (10, 30), (600, 100), (2640, 3)]))
    failed = outcome(scaled(fast))
    assert failed.verdict is Verdict.FAILED
    assert any("api-service went beyond its policy: 30 replicas after 10 s" in reason for reason in failed.reasons)


def test_who_never_gets_there_fails() -> None:
    lame = measured(replicas=Steps([(0, 3), (60, 5)]))
    assert report.failures(scaled(lame)) == ["api-service never reached its maximum of 100"]
    assert report.NEVER in texts(scaled(lame), 0, 0)


def test_who_does_not_come_back_fails() -> None:
    high = measured(replicas=Steps([point for point in measured().replicas.points if point[0] < 1200]))
    assert report.failures(scaled(high)) == ["api-service did not come back to its minimum of 3"]


def test_a_queue_that_is_not_drained_fails() -> None:
    full = worker()
    assert full.backlog
    left = replace(full, backlog=replace(full.backlog, depth=Steps([(0, 28), (600, 10), (1200, 4)])))
    assert "data-export did not drain its queue: 4 messages are left" in report.failures(scaled(left))


def test_the_time_scale_is_said() -> None:
    assert "20 times as fast as the clock" in report.notes(scaled())[0]
    assert "60 s are 3 s" in report.notes(scaled())[0]
