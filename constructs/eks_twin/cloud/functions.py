"""Calls Lambda functions: their code comes from the twin's S3, as the deployment put it there."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from moto.awslambda.models import LambdaFunction, lambda_backends

from eks_twin.cloud.custom_type import LambdaEvent
from eks_twin.cloud.turns import TURN
from eks_twin.cloudformation import ResourceFailed

Answer = Callable[[LambdaEvent], LambdaEvent]
"""Answers an event in a function's place."""
Run = Callable[[Path, str, Mapping[str, str], LambdaEvent], LambdaEvent | None]
"""Runs a function: the folder of its code, its handler, its environment, the event."""

FRAMEWORK_TARGET = "USER_ON_EVENT_FUNCTION_ARN"
"""Environment variable of the CDK's provider framework: the function that it calls."""


@dataclass(frozen=True)
class Functions:
    """The functions of one account and region."""

    account: str
    region: str
    folder: Path
    """Where their code is unpacked."""
    runtimes: Mapping[str, Run]
    """Start of the runtime's name, e.g. `python` -> what runs it."""
    stand_ins: Mapping[str, Answer]
    """Resource type -> what answers in the function's place, and why is said where it is defined."""
    _unpacking: Lock = field(default_factory=Lock, repr=False, compare=False)

    def call(self, arn: str, event: LambdaEvent) -> LambdaEvent:
        """Call the function; the one behind it, where this is the provider framework's.

        The framework's own work (waiting, retrying, sending the answer to CloudFormation's URL) is what our executor
        does itself. Raises ResourceFailed with what the function raised.
        """
        function = self._find(arn)
        variables: dict[str, str] = dict(function.environment_vars or {})
        if target := variables.get(FRAMEWORK_TARGET):
            return self.call(target, event)
        if stand_in := self.stand_ins.get(event["ResourceType"]):
            return stand_in(event)
        run = next((run for name, run in self.runtimes.items() if str(function.run_time).startswith(name)), None)
        if run is None:
            raise ResourceFailed(f"the twin runs no {function.run_time} functions: {arn}")
        return run(self._unpacked(function), str(function.handler), variables, event) or {}

    def _find(self, arn: str) -> LambdaFunction:
        with TURN:
            found: Any = lambda_backends[self.account][self.region].get_function(arn)
        if not isinstance(found, LambdaFunction):
            raise ResourceFailed(f"there is no Lambda function {arn}")
        return found

    def _unpacked(self, function: LambdaFunction) -> Path:
        # Like Lambda's own address of code, this one changes with it.
        folder = self.folder / function.code_sha_256.replace("/", "_")
        with self._unpacking:
            if not folder.is_dir():
                scratch = folder.with_suffix(".part")
                zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(scratch)
                scratch.rename(folder)
        return folder
