"""Runs the pipeline's actions on the twin: each is a build, by the buildspec that stands in the pipeline's template."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api_platform.environment import ROOT
from api_platform.pipeline.buildspecs import HANDED_ON
from api_platform.pipeline.pipeline_file import PipelineFile
from api_platform.pipeline.pipeline_names import STACK, project_name
from api_platform.proof.build_run import BuildRun, buildspecs, run_build
from api_platform.proof.project import project
from api_platform.proof.stage import ProofStage
from eks_twin.app import Place
from eks_twin.deployment.cdk import CdkCli
from eks_twin.deployment.stacks import is_bootstrapped

_NO_INPUTS: Mapping[str, Path] = {}


@dataclass(frozen=True)
class PipelineActions:
    """The pipeline's actions for one environment, run in the place of the pipeline's own account."""

    stage: ProofStage
    file: PipelineFile
    folder: Path

    def assembly(self, name: str, *settings: str) -> Path:
        """Return Build's artifact at these settings."""
        cdk = CdkCli(self.stage.twin.home, project(None), self.stage.twin.endpoint, self.folder / name)
        cdk.synthesize(settings)
        for path in HANDED_ON:
            shutil.copy2(ROOT / path, cdk.assembly)
        if not is_bootstrapped(self.stage.twin.clients(self.place)):
            cdk.bootstrap([self.place])
        return cdk.assembly

    @property
    def place(self) -> Place:
        """The pipeline's account and region."""
        return Place(self.file.account, self.file.region)

    def run(self, release: str, purpose: str, assembly: Path, inputs: Mapping[str, Path] = _NO_INPUTS) -> BuildRun:
        """Run an action: its project's buildspec, as the assembly's template has it. `inputs`: beside the first."""
        per_environment = purpose in {"plan", "deploy", "check"}
        name = project_name(f"{purpose}-{self.stage.environment.name}" if per_environment else purpose)
        folder = self.folder / f"{release}-{purpose}"
        folder.mkdir(parents=True)
        return run_build(
            buildspecs(assembly / f"{STACK}.template.json")[name],
            source=self._repository() if purpose in {"plan", "check"} else assembly,
            inputs=inputs,
            variables=self._variables(),
            folder=folder,
        )

    def _repository(self) -> Path:
        """Return the source: links to what is checked out, so that a build writes beside it and not into it."""
        links = self.folder / "repository"
        if not links.exists():
            links.mkdir()
            for path in ROOT.iterdir():
                if path.name not in {".git", "dist", "cdk.out", self.stage.twin.home.folder.name}:
                    (links / path.name).symlink_to(path)
        return links

    def _variables(self) -> Mapping[str, str]:
        cdk = self.stage.twin.cdk.variables(self.place)
        kept = {name: value for name, value in cdk.items() if name != "ENVIRONMENT"}
        return {**kept, "PATH": f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
