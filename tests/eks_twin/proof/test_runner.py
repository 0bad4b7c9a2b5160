"""Whatever a scenario does, its result reaches the page, and the others run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eks_twin.errors import InputError, TwinError
from eks_twin.proof.quantities import at_least
from eks_twin.proof.result import Figure, Outcome, Result, Verdict
from eks_twin.proof.runner import Runner
from eks_twin.proof.scenario import LeftOut, Scenario

Context = dict[str, int]


class Heard:
    """Notes what a progress display is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def started(self, scenario: Scenario[Any]) -> None:
        self.told.append(f"{scenario.name} began")

    def ended(self, result: Result) -> None:
        self.told.append(f"{result.name} {result.verdict}")


def _measure(context: Context) -> Outcome:
    return Outcome(figures=[Figure("pods", context["pods"], "", at_least(2))])


def _scenario(
    name: str = "spread", run: Callable[[Context], Outcome] = _measure, needs: frozenset[str] = frozenset()
) -> Scenario[Context]:
    return Scenario(name=name, title="A title", expectation="Two pods.", run=run, needs=needs)


def _raising(error: BaseException) -> Callable[[Context], Outcome]:
    def run(_: Context) -> Outcome:
        raise error

    return run


def _run(tmp_path: Path, *scenarios: Scenario[Context], pods: int = 3, **options: Any) -> list[Result]:
    runner = Runner(**{"progress": Heard(), "log": tmp_path / "logs" / "proof.log", **options})
    return list(runner.run(scenarios, {"pods": pods}))


@pytest.mark.parametrize(("pods", "verdict"), [(2, Verdict.HELD), (1, Verdict.FAILED)])
def test_the_verdict_follows_from_what_was_measured(tmp_path: Path, pods: int, verdict: Verdict) -> None:
    (result,) = _run(tmp_path, _scenario(), pods=pods)
    assert (result.verdict, result.name, result.title, result.expectation) == (
        verdict,
        "spread",
        "A title",
        "Two pods.",
    )
    assert bool(result.reasons) == (verdict is Verdict.FAILED)
    assert result.outcome is not None


@pytest.mark.parametrize(
    "error", [TwinError("the port is taken. Run down."), InputError("the port is taken. Run down.")]
)
def test_a_message_for_people_is_shown_as_it_is(tmp_path: Path, error: Exception) -> None:
    (result,) = _run(tmp_path, _scenario(run=_raising(error)))
    assert (result.verdict, result.reasons) == (Verdict.FAILED, ["the port is taken. Run down."])


@pytest.mark.parametrize("error", [KeyError("pods"), SystemExit(3), ValueError("odd")])
def test_anything_else_that_is_raised_fails_the_scenario_and_not_the_run(tmp_path: Path, error: BaseException) -> None:
    first, second = _run(tmp_path, _scenario("first", _raising(error)), _scenario("second"))
    assert first.verdict is Verdict.FAILED
    assert first.reasons == [f"{type(error).__name__}: {error} (its traceback is in proof.log)"]
    assert second.verdict is Verdict.HELD


def test_a_run_that_hands_back_no_outcome_fails_alone(tmp_path: Path) -> None:
    forgot: Any = lambda _: None  # noqa: E731  (an author who forgot to return)
    first, second = _run(tmp_path, _scenario("first", forgot), _scenario("second"))
    assert (first.verdict, second.verdict) == (Verdict.FAILED, Verdict.HELD)


def test_tracebacks_go_to_the_log_and_not_to_the_page(tmp_path: Path) -> None:
    results = _run(
        tmp_path, _scenario("first", _raising(KeyError("one"))), _scenario("second", _raising(TwinError("two")))
    )
    log = (tmp_path / "logs" / "proof.log").read_text()
    assert log.index("first\nTraceback") < log.index("KeyError: 'one'") < log.index("second\nTraceback")
    assert not any("Traceback" in reason for result in results for reason in result.reasons)


def test_a_scenario_may_leave_itself_out(tmp_path: Path) -> None:
    (result,) = _run(tmp_path, _scenario(run=_raising(LeftOut("macOS has no such signal"))))
    assert (result.verdict, result.reasons) == (Verdict.LEFT_OUT, ["macOS has no such signal"])


def test_a_scenario_whose_programs_are_missing_is_left_out_and_not_run(tmp_path: Path) -> None:
    missing = {"keda": "KEDA is not built", "istio": "istioctl is not built"}
    run = _raising(AssertionError("must not run"))
    first, second = _run(tmp_path, _scenario("first", run, frozenset({"keda"})), _scenario("second"), missing=missing)
    assert (first.verdict, first.reasons) == (Verdict.LEFT_OUT, ["KEDA is not built"])
    assert second.verdict is Verdict.HELD


@pytest.mark.parametrize(
    "scenario", [_scenario(needs=frozenset({"keda"})), _scenario(run=_raising(LeftOut("KEDA is not built")))]
)
def test_where_all_is_required_what_is_left_out_fails(tmp_path: Path, scenario: Scenario[Context]) -> None:
    """With REQUIRE_CONTROL_PLANE=1 a proof of nothing must not pass."""
    (result,) = _run(tmp_path, scenario, missing={"keda": "KEDA is not built"}, required=True)
    assert (result.verdict, result.reasons) == (Verdict.FAILED, ["left out, but required here: KEDA is not built"])


def test_an_interrupted_run_keeps_what_it_has(tmp_path: Path) -> None:
    scenarios = (_scenario("first"), _scenario("second", _raising(KeyboardInterrupt())), _scenario("third"))
    results = _run(tmp_path, *scenarios)
    assert [result.verdict for result in results] == [Verdict.HELD, Verdict.FAILED, Verdict.LEFT_OUT]
    assert results[1].reasons == ["interrupted by hand"]


def test_scenarios_run_in_the_order_given_one_after_the_other(tmp_path: Path) -> None:
    heard = Heard()
    _run(tmp_path, _scenario("zebra"), _scenario("ant"), progress=heard)
    assert heard.told == ["zebra began", "zebra held", "ant began", "ant held"]


def test_time_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([10.0, 12.5])
    monkeypatch.setattr("eks_twin.proof.runner.time.monotonic", lambda: next(clock))
    (result,) = _run(tmp_path, _scenario())
    assert result.seconds == 2.5


def test_two_scenarios_of_one_name_are_refused_before_anything_runs(tmp_path: Path) -> None:
    """They would share a section's address."""
    run = _raising(AssertionError("must not run"))
    with pytest.raises(ValueError, match="a name of its own: spread, spread"):
        _run(tmp_path, _scenario(run=run), _scenario())
