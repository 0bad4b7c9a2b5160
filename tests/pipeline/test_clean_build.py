"""The pipeline's build on a machine that has nothing of ours."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from api_platform.environment import ENVIRONMENT_NAMES, ROOT
from api_platform.pipeline import buildspecs
from api_platform.proof.build_run import BuildRun, run_build
from api_platform.proof.istio import ISTIO
from tests.built_programs import built

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> BuildRun:
    """The build, in an export of the last commit, which has no .git; its shell has a PATH and a home, and no more."""
    built([ISTIO])  # else the build, like any first one, would take minutes more
    source, folder = tmp_path_factory.mktemp("export"), tmp_path_factory.mktemp("build")
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "--extract", "--directory", source], input=archive, check=True)
    variables = {"PATH": os.defpath, "HOME": str(Path.home())}
    return run_build(buildspecs.build(), source=source, inputs={}, variables=variables, folder=folder)


def test_it_succeeds(build: BuildRun) -> None:
    assert build.succeeded, build.said[-3000:]


def test_it_hands_on_every_environments_yaml_and_the_pinned_cli(build: BuildRun) -> None:
    for name in ENVIRONMENT_NAMES:
        assert list((build.artifacts / "dist" / name).glob("*.k8s.yaml"))
    ours = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert json.loads((build.artifacts / "package.json").read_text())["dependencies"]["aws-cdk"] == ours["aws-cdk"]
    assert (build.artifacts / "package-lock.json").is_file()


def test_every_asset_that_a_template_needs_is_in_it(build: BuildRun) -> None:
    """They are published by the deployment, which has nothing but this folder."""
    lists = list(build.artifacts.rglob("*.assets.json"))
    assert len(lists) > len(ENVIRONMENT_NAMES)
    for path in lists:
        for asset in json.loads(path.read_text())["files"].values():
            assert (path.parent / asset["source"]["path"]).exists(), asset
