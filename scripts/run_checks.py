"""Runs every check, goes on after a failure, and ends with one table: what passed, and what each took of its budget."""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = Path(sys.executable).parent


@dataclass(frozen=True)
class Check:
    """One row of the table. A check fails by its exit code; what it prints is shown only then."""

    name: str
    command: tuple[str, ...]
    budget_seconds: float
    """What it may take on two calm processors. Machines are noisy: more is marked in the table, and fails nothing."""
    fast: bool = False
    """Whether `make test-fast` runs it, whose budgets add up to a minute at most."""
    beside: bool = False
    """Whether it runs beside those after it, none of which may need two processors. Its time is then theirs."""


@dataclass(frozen=True)
class Result:
    check: Check
    passed: bool
    seconds: float
    output: str

    @property
    def took(self) -> str:
        """The row's first words: what it took, of how much."""
        return took(self.seconds, self.check.budget_seconds)

    @property
    def over_budget(self) -> str:
        """The row's last words; empty where it kept to its budget."""
        return " (over budget)" if self.seconds > self.check.budget_seconds else ""

    @property
    def left_out(self) -> list[str]:
        """What the check did not look at, and why (pytest's own lines for skipped tests)."""
        return re.findall(r"^SKIPPED \[\d+\] .+$", self.output, flags=re.MULTILINE)

    @property
    def closing(self) -> str:
        """pytest's own last line, which counts the tests; empty for other checks."""
        lines = self.output.strip().splitlines()
        return f" ({lines[-1].strip()})" if lines and re.match(r"\d+ (passed|failed|skipped)", lines[-1]) else ""

    @property
    def left_out_count(self) -> int:
        return sum(int(n) for n in re.findall(r"^SKIPPED \[(\d+)\]", self.output, flags=re.MULTILINE))


# A file's tests stay together: what they have started is started once, not by each worker. And they stay in order, in
# which tests/conftest.py has put those first that take minutes.
PYTEST: Final = ("pytest", "--quiet", "-rs", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
TEMPLATES: Final = "cdk.out/**/*.template.json"  # cfn-lint expands it, and fails where it finds none

CHECKS: Final = (
    Check("ruff check", ("ruff", "check", "--quiet"), 2, fast=True),
    Check("ruff format", ("ruff", "format", "--check", "--quiet"), 2, fast=True),
    Check("import layers", ("lint-imports", "--no-logo"), 6, fast=True),
    Check("fast tests", (*PYTEST, "-m", "not slow and not aws"), 50, fast=True),
    Check("slow and aws tests", (*PYTEST, "-m", "slow or aws"), 690),
    Check("types", ("mypy",), 150, beside=True),
    Check("cdk8s synth", ("cdk8s", "synth"), 15),
    Check("checkov, manifests", ("python", "scripts/scan_manifests.py"), 45),
    Check("cdk synth", ("cdk", "synth", "--quiet"), 45),
    Check("cfn-lint", ("cfn-lint", "--non-zero-exit-code", "error", "--format", "parseable", TEMPLATES), 45),
)
"""Add a check here: its name, its command as typed in the activated environment, its budget, and whether it is fast."""
BUDGET_SECONDS: Final = 900
"""Of all checks together; BUDGET_FAST_SECONDS of the fast ones. Both are promised, so a test holds the sums to them."""
BUDGET_FAST_SECONDS: Final = 60


def run(check: Check) -> Result:
    started = time.monotonic()
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    # Of the caller's shell: the checks are about everything, and a test file need not be compiled at each run.
    for choice in ("ENVIRONMENT", "API_PLATFORM_SET", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(choice, None)
    try:
        done = subprocess.run(
            check.command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        missing = f"{check.command[0]} is not installed: make setup\n"
        return Result(check, passed=False, seconds=time.monotonic() - started, output=missing)
    return Result(check, passed=done.returncode == 0, seconds=time.monotonic() - started, output=done.stdout)


def run_all(checks: Iterable[Check]) -> list[Result]:
    """Runs the checks in order; prints a line before each, and the whole output of those that fail."""
    results = []
    with ThreadPoolExecutor(1) as pool:
        beside = []
        for check in checks:
            print(f"checking: {check.name}", flush=True)
            if check.beside:
                beside.append(pool.submit(run, check))
            else:
                results.append(reported(run(check)))
        return results + [reported(future.result()) for future in beside]


def reported(result: Result) -> Result:
    """Prints what a check said that failed."""
    if not result.passed:
        print(f"{result.output.rstrip()}\nFAILED: {' '.join(result.check.command)}\n", flush=True)
    return result


def took(seconds: float, budget: float) -> str:
    """Return a time beside its budget, so that a growing one is seen before it hurts."""
    return f"{seconds:7.1f} s of {budget:3.0f} s"


def summary(results: Sequence[Result], seconds: float) -> str:
    """The closing table, what was left out, and a last line for people and machines. `seconds`: of all together."""
    rows = [
        f"{r.took}  {'passed' if r.passed else 'FAILED'}  {r.check.name}{r.closing}{r.over_budget}" for r in results
    ]
    budget = sum(r.check.budget_seconds for r in results if not r.check.beside)
    rows.append(f"{took(seconds, budget)}  total")
    rows.append(f"left out: {sum(r.left_out_count for r in results)}")
    rows += [f"  {line}" for result in results for line in result.left_out]
    passed = sum(result.passed for result in results)
    return "\n".join([*rows, f"{passed} passed, {len(results) - passed} failed"])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fast", action="store_true", help="only the fast checks")
    parser.add_argument("names", nargs="*", help="only these checks, by name")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - {check.name for check in CHECKS}:
        parser.error(f"no check is named {', '.join(sorted(unknown))}; there are: {', '.join(c.name for c in CHECKS)}")
    chosen = [c for c in CHECKS if (c.fast or not options.fast) and (c.name in options.names or not options.names)]
    started = time.monotonic()
    results = run_all(chosen)
    print(summary(results, time.monotonic() - started))
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
