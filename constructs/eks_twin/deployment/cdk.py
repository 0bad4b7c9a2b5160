"""Calls the real CDK CLI against the twin's AWS."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api_platform.environment import ROOT, Environment
from eks_twin.cloud.clients import CREDENTIALS
from eks_twin.errors import TwinError
from eks_twin.home import Home

_SHOWN_LINES = 40


@dataclass(frozen=True)
class CdkCli:
    """The CDK CLI, for one environment, on one twin."""

    home: Home
    environment: Environment
    endpoint: str
    """The twin's AWS: `http://localhost:PORT`."""
    assembly: Path
    """The folder that `synthesize` writes, and all others read."""
    program: Path = ROOT / ".venv" / "bin" / "cdk"

    @property
    def log(self) -> Path:
        """Everything that the CLI says."""
        return self.home.logs / "cdk.log"

    def synthesize(self, settings: Sequence[str] = ()) -> None:
        """Synthesize the environment. `settings`: image tags for this run, as in `-c api-service.image.tag=v1.1.0`.

        Raises TwinError with what the CLI said.
        """
        context = [word for setting in settings for word in ("--context", setting)]
        self._run("synth", "--quiet", "--output", str(self.assembly), *context)

    def bootstrap(self) -> None:
        """Create the bucket and the roles that every deployment needs, by `cdk bootstrap`."""
        place = f"aws://{self.environment.account}/{self.environment.region}"
        self._run("bootstrap", "--app", str(self.assembly), place)

    def deploy(self, *stacks: str, exclusively: bool = False) -> None:
        """Deploy these stacks, and those that they need; default: all of the environment's.

        Raises TwinError with the failing resources and their reasons, as the CLI reports them.
        """
        chosen = stacks or (f"{self.environment.name}/*",)
        only = ["--exclusively"] if exclusively else []
        self._run(
            "deploy",
            *("--app", str(self.assembly)),
            # The other method makes change sets first, which is for people to look at.
            *("--method", "direct"),
            *("--require-approval", "never"),
            *("--concurrency", "8"),
            *("--progress", "events"),
            *only,
            *chosen,
        )

    def roll_back(self, stack: str) -> None:
        """Bring a stack back whose rollback failed, by `cdk rollback`. Raises TwinError where that fails, too."""
        self._run("rollback", "--app", str(self.assembly), stack)

    def variables(self) -> Mapping[str, str]:
        """Return the CLI's environment: the twin's AWS and none of the caller's own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return {
            **kept,
            **CREDENTIALS,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": self.environment.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            # Neither a profile of the caller's, nor their region.
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            # Or it would remember this account beside the caller's real ones.
            "CDK_HOME": str(self.home.of("cdk")),
            "ENVIRONMENT": self.environment.name,
            # The same templates pass through it in `make synth`.
            "CDK_VALIDATION": "false",
            "NO_COLOR": "1",
        }

    def _run(self, *words: str) -> None:
        with self.log.open("ab") as log:
            start = log.tell()
            log.write(f"$ cdk {' '.join(words)}\n".encode())
            log.flush()
            command = [str(self.program), *words]
            done = subprocess.run(
                command, cwd=ROOT, env=self.variables(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
            )
        if done.returncode:
            said = self.log.read_bytes()[start:].decode(errors="replace").strip().splitlines()
            shown = "\n".join(said[-_SHOWN_LINES:])
            raise TwinError(f"{shown}\n\ncdk {words[0]} failed; all that it said is in {self.log}")
