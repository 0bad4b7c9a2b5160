"""Runs every check, goes on after a failure, and ends with one table: what passed, and how long each took."""

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
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
    fast: bool = False
    """Whether `make test-fast` runs it, whose sum stays under a minute on two processors."""


@dataclass(frozen=True)
class Result:
    check: Check
    passed: bool
    seconds: float
    output: str

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


PYTEST: Final = ("pytest", "--quiet", "-rs")
TEMPLATES: Final = "cdk.out/**/*.template.json"  # cfn-lint expands it, and fails where it finds none

CHECKS: Final = (
    Check("ruff check", ("ruff", "check", "--quiet"), fast=True),
    Check("ruff format", ("ruff", "format", "--check", "--quiet"), fast=True),
    Check("import layers", ("lint-imports", "--no-logo"), fast=True),
    Check("fast tests", (*PYTEST, "-n", "2", "-m", "not slow and not aws"), fast=True),
    Check("types", ("mypy",)),
    Check("slow and aws tests", (*PYTEST, "-n", "2", "-m", "slow or aws")),
    Check("cdk8s synth", ("cdk8s", "synth")),
    Check("checkov, manifests", ("python", "scripts/scan_manifests.py")),
    Check("cdk synth", ("cdk", "synth", "--quiet")),
    Check("cfn-lint", ("cfn-lint", "--non-zero-exit-code", "error", "--format", "parseable", TEMPLATES)),
)
"""Add a check here: its name, its command as typed in the activated environment, and whether it is fast."""


def run(check: Check) -> Result:
    started = time.monotonic()
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    for choice in ("ENVIRONMENT", "API_PLATFORM_SET"):  # of the caller's shell: the checks are about everything
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
    for check in checks:
        print(f"checking: {check.name}", flush=True)
        result = run(check)
        results.append(result)
        if not result.passed:
            print(f"{result.output.rstrip()}\nFAILED: {' '.join(check.command)}\n", flush=True)
    return results


def summary(results: Sequence[Result]) -> str:
    """The closing table, what was left out, and a last line for people and machines."""
    rows = [f"{r.seconds:7.1f} s  {'passed' if r.passed else 'FAILED'}  {r.check.name}{r.closing}" for r in results]
    rows.append(f"{sum(r.seconds for r in results):7.1f} s  total")
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
    results = run_all(chosen)
    print(summary(results))
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
