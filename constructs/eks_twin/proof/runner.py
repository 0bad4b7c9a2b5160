"""Runs scenarios one after the other. Whatever becomes of one reaches the page, and the others still run."""

import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from eks_twin.errors import InputError, TwinError
from eks_twin.proof.result import Outcome, Result, Verdict
from eks_twin.proof.scenario import LeftOut, Scenario

Context = TypeVar("Context")


class Progress(Protocol):
    """Told what goes on: see `console.progress`."""

    def started(self, scenario: Scenario[Any]) -> None:
        """Hear that a scenario begins."""

    def ended(self, result: Result) -> None:
        """Hear what became of it."""


@dataclass(frozen=True)
class _Ending:
    verdict: Verdict
    reasons: Sequence[str]
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class Runner:
    """How scenarios are run."""

    progress: Progress
    log: Path
    """Where tracebacks go; the page shows messages only."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Family of binaries that is not there -> why, and the way out. A scenario that needs it is left out."""
    required: bool = False
    """Whether to fail what would be left out."""
    short: bool = False
    """Whether the context asks for short forms: the results say so."""

    def run(self, scenarios: Sequence[Scenario[Context]], context: Context) -> Sequence[Result]:
        """Run the scenarios in this order. Returns a result for each, also when somebody interrupts.

        Raises ValueError before the first where two have one name.
        """
        names = [scenario.name for scenario in scenarios]
        if len(set(names)) < len(names):
            raise ValueError(f"each scenario needs a name of its own: {', '.join(names)}")
        results: list[Result] = []
        try:
            for scenario in scenarios:
                self.progress.started(scenario)
                results.append(self._run_one(scenario, context))
                self.progress.ended(results[-1])
        except KeyboardInterrupt:
            results += _interrupted(scenarios[len(results) :])
        return results

    def _run_one(self, scenario: Scenario[Context], context: Context) -> Result:
        start = time.monotonic()
        ending = self._ending(scenario, context)
        if self.required and ending.verdict is Verdict.LEFT_OUT:
            ending = _Ending(Verdict.FAILED, [f"left out, but required here: {one}" for one in ending.reasons])
        result = _result(scenario, ending, time.monotonic() - start)
        return replace(result, form=scenario.short) if self.short else result

    def _ending(self, scenario: Scenario[Context], context: Context) -> _Ending:
        gone = [reason for family, reason in self.missing.items() if family in scenario.needs]
        if gone:
            return _Ending(Verdict.LEFT_OUT, gone)
        try:
            outcome = scenario.run(context)
            return _Ending(outcome.verdict, outcome.reasons, outcome)
        except LeftOut as reason:
            return _Ending(Verdict.LEFT_OUT, [str(reason)])
        except (TwinError, InputError) as error:
            self._keep_traceback(scenario.name)
            return _Ending(Verdict.FAILED, [str(error)])
        except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever it is, the page must tell of it)
            self._keep_traceback(scenario.name)
            return _Ending(Verdict.FAILED, [f"{type(error).__name__}: {error} (its traceback is in {self.log.name})"])

    def _keep_traceback(self, name: str) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"{name}\n{traceback.format_exc()}\n")


def _interrupted(left: Sequence[Scenario[Any]]) -> Sequence[Result]:
    broken = [_result(scenario, _Ending(Verdict.FAILED, ["interrupted by hand"]), 0) for scenario in left[:1]]
    not_begun = _Ending(Verdict.LEFT_OUT, ["not begun: the run was interrupted by hand"])
    return [*broken, *(_result(scenario, not_begun, 0) for scenario in left[1:])]


def _result(scenario: Scenario[Any], ending: _Ending, seconds: float) -> Result:
    return Result(
        name=scenario.name,
        title=scenario.title,
        expectation=scenario.expectation,
        verdict=ending.verdict,
        reasons=ending.reasons,
        seconds=seconds,
        outcome=ending.outcome,
    )
