"""How long `make test-fast` takes."""

import os
import time

from benchmarks.context import Context
from benchmarks.result import Result, under
from benchmarks.timing import Command
from benchmarks.workspace import ROOT

_SECONDS = 60


def fast_tests(context: Context) -> list[Result]:  # noqa: ARG001 - as all lines
    """Time one run in the repository itself. Raises BenchmarkError when a test fails."""
    command = Command(("make", "test-fast"), ROOT, dict(os.environ))
    start = time.perf_counter()
    command.run()
    seconds = time.perf_counter() - start
    return [under("`make test-fast`", _SECONDS, seconds, "s")]
