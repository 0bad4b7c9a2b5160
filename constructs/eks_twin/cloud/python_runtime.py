"""The runtime of Python functions: a process for each call, with the programs that the function's layers bring."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from eks_twin.cloud.custom_type import LambdaEvent
from eks_twin.cloud.function_environment import function_environment
from eks_twin.cloud.handler_process import FunctionCall, run
from eks_twin.cloudformation import ResourceFailed

TIMEOUT_SECONDS = 900.0
"""The longest that Lambda lets a function run."""
_WAITS = "Custom::AWSCDK-EKS-KubernetesObjectValue"
"""Resource type whose function sleeps until there is a value: minutes, in which it takes no processor's time."""
_FORKSERVER = get_context("forkserver")
# Once for all calls: importing boto3, which every one of the CDK's functions does, takes longer than kubectl's work.
_FORKSERVER.set_forkserver_preload(["boto3", "botocore.session", run.__module__])


@dataclass(frozen=True)
class PythonRuntime:
    """Runs Python functions as they are."""

    programs: Path
    """A folder with `kubectl`, and an `aws` that knows one command: all the programs that a function may start."""
    environment: Mapping[str, str]
    """What every function sees, besides its own variables."""
    log: Path
    at_a_time: int = field(default_factory=lambda: 2 * (os.cpu_count() or 1))
    """Calls that run side by side, those left out that only wait. kubectl waits for half of its time."""
    _free: BoundedSemaphore = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_free", BoundedSemaphore(self.at_a_time))

    def __call__(
        self, code: Path, handler: str, variables: Mapping[str, str], event: LambdaEvent
    ) -> LambdaEvent | None:
        """Call the function in a scratch folder of its own. Raises ResourceFailed with what it raised."""
        scratch = tempfile.mkdtemp(prefix="function-")
        environment = {
            **function_environment(code, handler, Path(scratch), self.programs),
            **self.environment,
            **variables,
            # Where the kubectl handler keeps its files, instead of /tmp, which on Lambda is one call's own.
            "TEST_OUTDIR": scratch,
        }
        try:
            with nullcontext() if event.get("ResourceType") == _WAITS else self._free:
                return self._called(FunctionCall(code, handler, event, environment, self.programs, self.log))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    @staticmethod
    def _called(call: FunctionCall) -> LambdaEvent | None:
        receiver, sender = _FORKSERVER.Pipe(duplex=False)
        process = _FORKSERVER.Process(target=run, args=(call, sender), daemon=True)
        process.start()
        sender.close()
        try:
            if not receiver.poll(TIMEOUT_SECONDS):
                raise ResourceFailed(f"the function did not answer within {TIMEOUT_SECONDS:.0f} s")
            succeeded, answer = _received(receiver)
        finally:
            process.kill()
            process.join()
        if not succeeded:
            raise ResourceFailed(str(answer))
        return None if answer is None else dict(answer)


def _received(receiver: Any) -> tuple[bool, Any]:
    try:
        succeeded, answer = receiver.recv()
    except EOFError as error:
        raise ResourceFailed("the function's process ended without an answer") from error
    return bool(succeeded), answer
