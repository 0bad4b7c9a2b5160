"""Releases and deploys from a clone of the repository, by the commands that a user types, to the stage's twin."""

import os
import shutil
import subprocess
import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from lightkube.resources.apps_v1 import Deployment

from api_platform.manifests.synthesis import DIST
from api_platform.proof.resilience.rollout import names_of
from api_platform.proof.stage import ProofStage
from api_platform.service import Service
from eks_twin.deployment.workloads import statuses
from eks_twin.errors import TwinError

GIVEN_UP_SECONDS: Final = 30
"""So long Kubernetes waits here for a rollout that makes no progress. It would be ten minutes."""
_GLANCE_SECONDS: Final = 0.5
_INSTALLED: Final = (".venv", "node_modules")
"""What `make setup` puts beside the sources."""
_SOMEBODY: Final = ("-c", "user.name=proof", "-c", "user.email=proof@localhost", "-c", "commit.gpgsign=false")


class DeployForm(StrEnum):
    """The two forms in which everything is delivered: the command of each."""

    CDK = "./scripts/deploy.sh"
    YAML = "./scripts/deploy.sh --yaml"


@dataclass(frozen=True)
class ScriptRun:
    """How a run of the script went."""

    code: int
    said: str
    """All that it printed."""
    seconds: float


@dataclass(frozen=True)
class RepositoryClone:
    """A clone of the repository at its last commit, with the programs of the checkout that it was made from."""

    stage: ProofStage
    folder: Path
    first: str
    """The commit at which it was made."""

    @classmethod
    def of(cls, stage: ProofStage) -> Self:
        """Clone the repository into the stage's home. Raises TwinError with what git said."""
        folder = stage.twin.home.of("script")
        shutil.rmtree(folder, ignore_errors=True)
        _said(
            ["git", "clone", "--quiet", "--local", str(stage.repository), str(folder)],
            stage.repository,
            _without_git(os.environ),
        )
        for name in _INSTALLED:
            (folder / name).symlink_to((stage.repository / name).resolve())
        return cls(stage, folder, _said(["git", "rev-parse", "HEAD"], folder, _without_git(os.environ)).strip())

    def release(self, service: Service, tag: str) -> None:
        """Pin the service to this tag, and commit that. Raises TwinError with what was said."""
        self._api_platform("release", service.name, tag, "--without-digest")
        self._commit(f"Release {service.name} {tag}")

    def roll_back(self, service: Service) -> None:
        """Pin the service to the release before, and commit that. Raises TwinError with what was said."""
        self._api_platform("rollback", service.name)
        self._commit(f"Roll {service.name} back")

    def start_again(self) -> None:
        """Check out the commit at which it was made."""
        self._git("checkout", "--quiet", self.first)

    def deploy(self, form: DeployForm) -> ScriptRun:
        """Run the script. Never raises on a failure of it: look at its exit code."""
        started = time.monotonic()
        done = subprocess.run(
            form.value.split(),
            cwd=self.folder,
            env=self._variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        return ScriptRun(done.returncode, done.stdout, time.monotonic() - started)

    def deploy_dead(self, form: DeployForm, service: Service, image_ends: str) -> ScriptRun:
        """Run the script for a release that cannot become ready, which Kubernetes gives up after GIVEN_UP_SECONDS.

        `image_ends`: how the release's image ends, by which its Deployments are known once they are in the cluster.
        """
        waiting = set(names_of(service))
        with ThreadPoolExecutor(1) as pool:
            run = pool.submit(self.deploy, form)
            while not run.done():
                waiting -= self._hurry(waiting, image_ends)
                time.sleep(_GLANCE_SECONDS)
            return run.result()

    def difference(self) -> str:
        """Return what `kubectl diff` finds between the cluster and what was rendered last; nothing: they are equal."""
        done = self.stage.kubectl("diff", "-f", str(self.folder / DIST.name / self.stage.environment.name))
        return (done.stdout + done.stderr).strip() or ("" if done.returncode == 0 else f"exit code {done.returncode}")

    def _hurry(self, names: Collection[str], image_ends: str) -> set[str]:
        """Shorten the patience with those Deployments that have the image. Returns which these are."""
        cluster, namespace = self.stage.cluster, self.stage.namespace
        found = [one for one in statuses(cluster, namespace) if one.name in names and one.image.endswith(image_ends)]
        for one in found:
            cluster.patch(
                Deployment, one.name, {"spec": {"progressDeadlineSeconds": GIVEN_UP_SECONDS}}, namespace=namespace
            )
        return {one.name for one in found}

    def _api_platform(self, *words: str) -> None:
        program = str(self.folder / ".venv" / "bin" / "api-platform")
        _said([program, *words, "-e", self.stage.environment.name], self.folder, self._variables)

    def _commit(self, message: str) -> None:
        self._git(*_SOMEBODY, "commit", "--quiet", "--no-verify", "--all", "--message", message)

    def _git(self, *words: str) -> None:
        _said(["git", *words], self.folder, _without_git(os.environ))

    @property
    def _variables(self) -> Mapping[str, str]:
        """What `api-platform twin env` exports, and the clone's own code for the checkout's Python."""
        twin = self.stage.twin.cdk.variables(self.stage.place)
        return {
            **_without_git(twin),
            "KUBECONFIG": str(self.stage.home.kubeconfig),
            "PYTHONPATH": os.pathsep.join([str(self.folder / "constructs"), str(self.folder)]),
        }


def _without_git(variables: Mapping[str, str]) -> Mapping[str, str]:
    """Leave git's variables out, by which a hook would have every command work on its own repository."""
    return {name: value for name, value in variables.items() if not name.startswith("GIT_")}


def _said(command: list[str], folder: Path, variables: Mapping[str, str]) -> str:
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TwinError(f"{' '.join(command)} failed: {(done.stdout + done.stderr).strip()}")
    return done.stdout
