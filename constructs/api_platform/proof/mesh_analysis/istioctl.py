"""Runs istioctl on objects that no cluster holds."""

import json
import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from api_platform.proof.mesh_analysis.message import Analysis, refusals
from api_platform.proof.mesh_analysis.read_only_api import serve
from api_platform.rules.finding import Manifest
from eks_twin.errors import TwinError

_TIMEOUT = 60
"""Seconds. An analysis takes one or two, nearly all of them waiting."""


@dataclass(frozen=True)
class Istioctl:
    """The program. Every method raises TwinError where it fails."""

    program: Path

    def version(self) -> str:
        """Return the version that it was built as."""
        with TemporaryDirectory(prefix="istioctl-") as folder:
            done = self._run(["version", "--remote=false", "--short"], Path(folder))
        return done.stdout.strip().removeprefix("client version: ")

    def analyze(self, cluster: Iterable[Manifest], mesh_configuration: Mapping[str, Any]) -> Analysis:
        """Return what all analyzers say of a cluster that holds these objects, and nothing else."""
        with serve(cluster) as url, TemporaryDirectory(prefix="istioctl-") as name:
            folder = Path(name)
            (folder / "kubeconfig").write_text(json.dumps(_kubeconfig(url)), encoding="utf-8")
            (folder / "mesh.yaml").write_text(yaml.safe_dump(dict(mesh_configuration)), encoding="utf-8")
            arguments = ["--all-namespaces", "--verbose", "--output=json"]
            files = ["--kubeconfig=kubeconfig", "--meshConfigFile=mesh.yaml"]
            done = self._run(["analyze", *arguments, *files], folder)
        try:
            return Analysis.of(done.stdout, done.stderr)
        except ValueError as error:
            raise TwinError(f"istioctl analyze: its answer cannot be read ({error}):\n{done.stderr[-1000:]}") from None

    def validate(self, objects: Iterable[Manifest]) -> Sequence[str]:
        """Return what istiod's admission webhook would refuse, one sentence each: `Kind/namespace/name: reason`."""
        with TemporaryDirectory(prefix="istioctl-") as folder:
            documents = "\n---\n".join(json.dumps(one) for one in objects)
            Path(folder, "objects.yaml").write_text(documents, encoding="utf-8")
            done = self._run(["validate", "--filename=objects.yaml"], Path(folder), accepted=(0, 1))
        refused = refusals(done.stderr)
        if done.returncode and not refused:
            raise TwinError(f"istioctl validate failed without a refusal:\n{done.stderr[-1000:]}")
        return refused

    def _run(
        self, arguments: Sequence[str], folder: Path, accepted: Sequence[int] = (0,)
    ) -> "subprocess.CompletedProcess[str]":
        # A home of its own: settings that a user keeps for istioctl and kubectl must not reach it. And plain lists: the
        # API that we serve does not stream them.
        environment = {"HOME": str(folder), "PATH": os.defpath, "KUBE_FEATURE_WatchListClient": "false"}
        command = [str(self.program), *arguments]
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, text=True, timeout=_TIMEOUT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TwinError(
                f"istioctl {arguments[0]}: {error}. Run {self.program} by hand; if it does not start, build it anew."
            ) from None
        if done.returncode not in accepted:
            raise TwinError(f"istioctl {arguments[0]} ended with {done.returncode}:\n{done.stderr.strip()[-1000:]}")
        return done


def _kubeconfig(url: str) -> Mapping[str, Any]:
    name = "objects"
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": {"server": url}}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "current-context": name,
        "users": [{"name": name, "user": {}}],
    }
