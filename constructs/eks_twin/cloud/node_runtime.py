"""The runtime of Node functions, for those that need nothing but Node itself."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from eks_twin.cloud.custom_type import LambdaEvent
from eks_twin.cloud.function_environment import function_environment
from eks_twin.cloudformation import ResourceFailed

HANDLER: Final = Path(__file__).with_name("node_handler.js")


@dataclass(frozen=True)
class NodeRuntime:
    """Runs Node functions as they are, but for the AWS SDK, which Lambda has at hand and this machine has not."""

    node: Path
    environment: Mapping[str, str]
    """What every function sees, besides its own variables."""

    def __call__(
        self, code: Path, handler: str, variables: Mapping[str, str], event: LambdaEvent
    ) -> LambdaEvent | None:
        """Call the function in a scratch folder of its own. Raises ResourceFailed with what it threw."""
        with tempfile.TemporaryDirectory(prefix="function-") as made:
            scratch, folder = Path(made).resolve(), code.resolve()  # Node's permissions are for the paths behind links
            given = function_environment(folder, handler, scratch, programs=scratch)
            done = subprocess.run(
                [self.node, *_permissions(folder, scratch), HANDLER, folder],
                input=json.dumps(event),
                cwd=scratch,
                env={**given, **self.environment, **variables},
                capture_output=True,
                text=True,
                check=False,
                timeout=900,
            )
        if done.returncode:
            raise ResourceFailed(done.stderr.strip() or f"node ended with exit code {done.returncode}")
        answer: LambdaEvent | None = json.loads(done.stdout.splitlines()[-1])
        return answer


def _permissions(code: Path, scratch: Path) -> list[str]:
    """Return the words by which Node lets it read its own code, and write to its scratch folder: no other file."""
    readable = [f"--allow-fs-read={path}" for path in (code, scratch, HANDLER)]
    return ["--permission", *readable, f"--allow-fs-write={scratch}"]
