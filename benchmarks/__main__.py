"""Prints one table: what we aim at, what was measured, and on which machine. All of it takes a quarter of an hour."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.context import Context
from benchmarks.lines.cdk_synth import cdk_synth
from benchmarks.lines.fast_tests import fast_tests
from benchmarks.lines.largest_template import largest_template
from benchmarks.lines.many_services import a_hundred_services, cost_of_a_service
from benchmarks.lines.synth import synth
from benchmarks.machine import machine, versions
from benchmarks.report import table
from benchmarks.result import Result, not_measured
from benchmarks.timing import BenchmarkError

LINES: Mapping[str, Callable[[Context], list[Result]]] = {
    "synth": synth,
    "a-hundred-services": a_hundred_services,
    "cost-of-a-service": cost_of_a_service,
    "cdk-synth": cdk_synth,
    "fast-tests": fast_tests,
    "largest-template": largest_template,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for, print it, and return 0: a target that is missed is news, not a failure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each side is run (default: 5)")
    parser.add_argument("lines", nargs="*", metavar="LINE", help=f"only these: {', '.join(LINES)}")
    options = parser.parse_args(arguments)
    if unknown := set(options.lines) - set(LINES):
        parser.error(f"there is no line {', '.join(sorted(unknown))}; there are: {', '.join(LINES)}")
    print(machine(), versions(), sep="\n", flush=True)
    results = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        context = Context(Path(folder), options.rounds)
        for name in options.lines or LINES:
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            results += _measured(name, context)
    print(table(results, options.rounds))
    return 0


def _measured(name: str, context: Context) -> list[Result]:
    try:
        return LINES[name](context)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return [not_measured(name, "a command fails or is absent: see above")]


if __name__ == "__main__":
    sys.exit(main())
