"""What the pipeline's projects run."""

import json
import subprocess
from collections.abc import Mapping
from typing import Any

import pytest

from api_platform.environment import ROOT, Environment, load_environments
from api_platform.pipeline import buildspecs

PRODUCTION = next(one for one in load_environments() if one.name == "production")
ALL: Mapping[str, Mapping[str, Any]] = {
    "build": buildspecs.build(),
    "test": buildspecs.test(),
    "update": buildspecs.update(),
    "plan": buildspecs.plan(PRODUCTION),
    "deploy": buildspecs.deploy(PRODUCTION),
    "check": buildspecs.check(PRODUCTION),
    "drift": buildspecs.drift(PRODUCTION),
}
every_buildspec = pytest.mark.parametrize("buildspec", ALL.values(), ids=ALL.keys())


def commands(buildspec: Mapping[str, Any]) -> list[str]:
    """Return what the buildspec runs, in order."""
    return [command for phase in buildspec["phases"].values() for command in phase.get("commands", ())]


@every_buildspec
def test_it_installs_nothing_globally_and_nothing_unpinned(buildspec: Mapping[str, Any]) -> None:
    """The standard pipelines of CDK broke everywhere on the day when an unpinned global program had a new version."""
    text = json.dumps(buildspec)
    for word in ("latest", "install -g", "--global", "npx ", "pip install", "curl ", "sudo "):
        assert word not in text


@every_buildspec
def test_every_runtime_has_a_version(buildspec: Mapping[str, Any]) -> None:
    versions = buildspec["phases"]["install"]["runtime-versions"]
    assert versions
    assert all(version.replace(".", "").isdigit() for version in versions.values())


@every_buildspec
def test_it_is_valid_bash_in_which_no_failure_is_lost(buildspec: Mapping[str, Any]) -> None:
    """A pipe succeeds where its last program does, unless told otherwise."""
    assert buildspec["env"]["shell"] == "bash"
    assert buildspec["phases"]["build"]["commands"][0] == "set -o pipefail"
    script = "\n".join(commands(buildspec))
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


@pytest.mark.parametrize("name", ["update", "deploy"])
def test_what_may_change_accounts_runs_no_packages_of_the_app(name: str) -> None:
    """Neither Python's packages nor the scripts of npm's run under a role that can deploy."""
    run = commands(ALL[name])
    assert [line for line in run if "npm" in line] == ["npm ci --ignore-scripts --no-audit --no-fund"]
    assert not [line for line in run if "make" in line or ".venv" in line]


def test_build_hands_on_the_assembly_the_yaml_and_what_pins_the_cli() -> None:
    assert ALL["build"]["artifacts"] == {"base-directory": "cdk.out", "files": ["**/*"]}
    copied = [line for line in commands(ALL["build"]) if line.startswith("cp ")]
    assert copied
    assert {"dist", "package.json", "package-lock.json"} <= set(copied[0].split())


def test_build_hands_on_nothing_that_istio_complains_of() -> None:
    run = commands(ALL["build"])
    analyze = next(number for number, line in enumerate(run) if line.endswith(" twin analyze"))
    assert run.index("make synth") < analyze < len(run) - 1


def test_a_deployment_explains_what_failed_by_the_file_that_build_hands_on() -> None:
    assert commands(ALL["deploy"])[-1].endswith(" 2>&1 | python3 explain_failure.py")
    (copied,) = [line for line in commands(ALL["build"]) if line.startswith("cp ")]
    (file,) = [word for word in copied.split() if word.endswith("/explain_failure.py")]
    assert (ROOT / file).is_file()


def test_an_environment_is_deployed_whole_and_as_many_stacks_at_once_as_its_file_says() -> None:
    def deploys(environment: Environment) -> str:
        return commands(buildspecs.deploy(environment))[-1]

    assert "--concurrency 1 'production/*'" in deploys(PRODUCTION)
    assert "--concurrency 6 'production/*'" in deploys(PRODUCTION.model_copy(update={"concurrent_stacks": 6}))


def test_drift_is_looked_for_without_the_files_that_releases_change() -> None:
    update, look = commands(ALL["drift"])[-2:]
    assert update == f"aws eks update-kubeconfig --region {PRODUCTION.region} --name production-api-platform"
    assert look.endswith(f'drift -e production --place {PRODUCTION.account}/{PRODUCTION.region} --topic "$TOPIC"')


def test_the_check_reads_what_the_plan_of_the_same_environment_recorded() -> None:
    recorded = [line for line in commands(ALL["plan"]) if "--record state.json" in line]
    assert recorded
    assert "state.json" in ALL["plan"]["artifacts"]["files"]
    assert any('--against "$CODEBUILD_SRC_DIR_plan_production/state.json"' in line for line in commands(ALL["check"]))
