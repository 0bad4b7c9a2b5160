"""Calls the real CDK CLI against the twin's AWS."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eks_twin.app import App, Place, read_app
from eks_twin.aws_clients import variables
from eks_twin.deployment.project import Project
from eks_twin.errors import TwinError
from eks_twin.home import Home

_SHOWN_LINES = 40
_ANYWHERE = Place("000000000000", "us-east-1")
"""For the CLI before it knows an app's places: it asks AWS for nothing then."""


@dataclass(frozen=True)
class CdkCli:
    """The CDK CLI, for one app, on one twin."""

    home: Home
    project: Project
    endpoint: str
    """The twin's AWS: `http://localhost:PORT`."""
    assembly: Path
    """The folder that `synthesize` writes, and all others read."""

    @property
    def log(self) -> Path:
        """Everything that the CLI says."""
        return self.home.logs / "cdk.log"

    @property
    def app(self) -> App:
        """What was synthesized. Raises InputError where that is nothing."""
        return read_app(self.assembly)

    def synthesize(self, context: Sequence[str] = ()) -> App:
        """Synthesize the app. `context`: words for this run, as in `-c api-service.image.tag=v1.1.0`.

        Raises TwinError with what the CLI said.
        """
        words = [word for setting in context for word in ("--context", setting)]
        app = ["--app", self.project.app] if self.project.app else []
        self._run("synth", _ANYWHERE, "--quiet", "--output", str(self.assembly), *app, *words)
        return self.app

    def bootstrap(self, places: Sequence[Place]) -> None:
        """Create the bucket and the roles that every deployment needs, by `cdk bootstrap`, in each of the places."""
        for place in places:
            self._run("bootstrap", place, "--app", str(self.assembly), str(place))

    def deploy(self, *stacks: str, exclusively: bool = False) -> None:
        """Deploy these stacks, and those that they need; default: the project's.

        Raises TwinError with the failing resources and their reasons, as the CLI reports them.
        """
        self._run(
            "deploy",
            self._somewhere,
            *("--app", str(self.assembly)),
            # The other method makes change sets first, which is for people to look at.
            *("--method", "direct"),
            *("--require-approval", "never"),
            *("--concurrency", "8"),
            *("--progress", "events"),
            *(["--exclusively"] if exclusively else []),
            *(stacks or self.project.stacks),
        )

    def destroy(self, *stacks: str) -> None:
        """Destroy these stacks, and those that need them; default: the project's. Raises TwinError, as `deploy`."""
        chosen = stacks or self.project.stacks
        self._run("destroy", self._somewhere, "--app", str(self.assembly), "--force", "--progress", "events", *chosen)

    def roll_back(self, stack: str) -> None:
        """Bring a stack back whose rollback failed, by `cdk rollback`. Raises TwinError where that fails, too."""
        self._run("rollback", self._somewhere, "--app", str(self.assembly), stack)

    def variables(self, place: Place) -> Mapping[str, str]:
        """Return the CLI's environment: the twin's AWS, as seen from a place, and none of the caller's own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return {
            **kept,
            **variables(self.endpoint, place),
            # Or it would remember this account beside the caller's real ones.
            "CDK_HOME": str(self.home.of("cdk")),
            # It validates what AWS would refuse; whoever wants that runs `cdk synth` themselves.
            "CDK_VALIDATION": "false",
            "NO_COLOR": "1",
            **self.project.variables,
        }

    @property
    def _somewhere(self) -> Place:
        """The place of the caller's own credentials. The CLI assumes a role in the account of each stack."""
        return self.app.places[0]

    def _run(self, verb: str, place: Place, *words: str) -> None:
        with self.log.open("ab") as log:
            start = log.tell()
            log.write(f"$ cdk {' '.join((verb, *words))}\n".encode())
            log.flush()
            done = subprocess.run(
                [self.project.cdk, verb, *words],
                cwd=self.project.folder,
                env=self.variables(place),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
            )
        if done.returncode:
            said = self.log.read_bytes()[start:].decode(errors="replace").strip().splitlines()
            shown = "\n".join(said[-_SHOWN_LINES:])
            raise TwinError(f"{shown}\n\ncdk {verb} failed; all that it said is in {self.log}")
