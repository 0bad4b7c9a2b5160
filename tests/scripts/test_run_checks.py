import sys
from dataclasses import replace

import pytest

from scripts.run_checks import (
    BUDGET_FAST_SECONDS,
    BUDGET_SECONDS,
    CHECKS,
    Check,
    Result,
    main,
    run,
    run_all,
    summary,
)


def python(code: str, name: str = "check", budget_seconds: float = 60) -> Check:
    return Check(name, (sys.executable, "-c", code), budget_seconds)


def test_a_failure_does_not_hide_what_comes_after_it(capsys: pytest.CaptureFixture[str]) -> None:
    results = run_all([python("raise SystemExit('broken')"), python("raise SystemExit('too')"), python("")])
    printed = capsys.readouterr().out
    assert [result.passed for result in results] == [False, False, True]
    assert "broken" in printed
    assert "too" in printed


def test_a_check_that_passes_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run_all([python("print('chatter')")])
    assert "chatter" not in capsys.readouterr().out


def test_a_program_that_is_not_there_fails_its_check_only() -> None:
    result = run(Check("check", ("no-such-program",), 60))
    assert not result.passed
    assert "make setup" in result.output


def test_the_last_line_counts_passed_and_failed() -> None:
    results = run_all([python(""), python("raise SystemExit(2)")])
    assert summary(results, 2).splitlines()[-1] == "1 passed, 1 failed"


def test_skipped_tests_are_counted_as_left_out_with_their_reasons() -> None:
    """A check that quietly looks at less than it seems to is worse than none."""
    output = "SKIPPED [2] tests/test_rules.py:3: no promtool\nSKIPPED [1] tests/test_other.py:9: not here\n"
    printed = summary([Result(python(""), passed=True, seconds=1.0, output=output)], 1)
    assert "left out: 3" in printed
    assert "no promtool" in printed


def test_nothing_left_out_is_said_too() -> None:
    assert "left out: 0" in summary([Result(python(""), passed=True, seconds=1.0, output="")], 1)


def test_the_tests_are_counted_beside_their_check() -> None:
    result = Result(python("", name="fast tests"), passed=True, seconds=1.0, output=".....\n5 passed in 0.10s\n")
    assert "fast tests (5 passed in 0.10s)" in summary([result], 1)


def test_each_time_stands_beside_its_budget() -> None:
    results = [
        Result(python("", budget_seconds=20), passed=True, seconds=12.34, output=""),
        Result(python("", budget_seconds=5), passed=True, seconds=1.0, output=""),
    ]
    rows = summary(results, 13.34).splitlines()
    assert rows[0].startswith("   12.3 s of  20 s  passed")
    assert rows[2].startswith("   13.3 s of  25 s  total")
    assert "over budget" not in "".join(rows)


def test_what_takes_longer_than_its_budget_is_marked_and_passes() -> None:
    """A machine that does something else beside is no defect; a check that grows is seen all the same."""
    printed = summary([Result(python("", budget_seconds=1), passed=True, seconds=1.5, output="")], 1.5)
    assert "1.5 s of   1 s  passed  check (over budget)" in printed
    assert printed.endswith("1 passed, 0 failed")


def test_the_budgets_add_up_to_what_is_promised() -> None:
    """Each change adds a little: whoever gives a check more time takes it from another, or says so here."""
    assert sum(check.budget_seconds for check in CHECKS if not check.beside) <= BUDGET_SECONDS
    assert sum(check.budget_seconds for check in CHECKS if check.fast) <= BUDGET_FAST_SECONDS


def test_what_runs_beside_others_has_no_more_time_than_they_have() -> None:
    """Its budget is not in the sum."""
    for index, check in enumerate(CHECKS):
        after = [other for other in CHECKS[index + 1 :] if not other.beside]
        assert not check.beside or check.budget_seconds <= sum(other.budget_seconds for other in after)
        assert not check.beside or not any(other.command[0] == "pytest" for other in after)


def test_a_check_beside_others_is_waited_for_and_counts(capsys: pytest.CaptureFixture[str]) -> None:
    slow = replace(python("import time; time.sleep(0.5); raise SystemExit('too slow')", name="slow"), beside=True)
    results = run_all([slow, python("", name="quick")])
    assert [(result.check.name, result.passed) for result in results] == [("quick", True), ("slow", False)]
    assert "too slow" in capsys.readouterr().out


def test_the_total_is_what_it_took_not_the_sum_of_what_ran_side_by_side() -> None:
    beside = Result(replace(python("", budget_seconds=30), beside=True), passed=True, seconds=30, output="")
    after = Result(python("", budget_seconds=40), passed=True, seconds=31, output="")
    assert "   31.0 s of  40 s  total" in summary([after, beside], 31)


def test_the_names_are_unique() -> None:
    names = [check.name for check in CHECKS]
    assert sorted(set(names)) == sorted(names)


def test_an_unknown_name_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["no such check"])
    assert stopped.value.code == 2
    assert "ruff check" in capsys.readouterr().err
