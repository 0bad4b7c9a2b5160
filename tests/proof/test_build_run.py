"""A build of CodeBuild, run here."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from api_platform.proof.build_run import BuildRun, buildspecs, run_build


def a_buildspec(*commands: str, install: tuple[str, ...] = (), **more: Any) -> Mapping[str, Any]:
    phases = {"install": {"commands": list(install)}, "build": {"commands": list(commands)}}
    return {"version": 0.2, "env": {"shell": "bash"}, "phases": phases, **more}


def run(folder: Path, buildspec: Mapping[str, Any], **inputs: Path) -> BuildRun:
    source = folder / "given"
    source.mkdir()
    (source / "README").write_text("hello")
    run_folder = folder / "run"
    run_folder.mkdir()
    variables = {"PATH": os.environ["PATH"]}
    return run_build(buildspec, source=source, inputs=inputs, variables=variables, folder=run_folder)


def test_commands_run_in_order_in_one_shell_on_a_copy_of_the_source(tmp_path: Path) -> None:
    done = run(tmp_path, a_buildspec('echo "$word" >> README', "cat README", install=("word=there",)))
    assert (done.succeeded, done.said) == (True, "hellothere\n")
    assert (tmp_path / "given" / "README").read_text() == "hello"


def test_nothing_runs_after_a_failure_and_nothing_is_handed_on(tmp_path: Path) -> None:
    done = run(tmp_path, a_buildspec("echo one", "false", "echo two", artifacts={"files": ["README"]}))
    assert (done.succeeded, done.said) == (False, "one\n")
    assert not done.artifacts.exists()


def test_a_failure_within_a_pipe_is_one(tmp_path: Path) -> None:
    assert not run(tmp_path, a_buildspec("set -o pipefail", "false | cat")).succeeded


def test_inputs_are_found_by_the_names_of_their_artifacts(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "state.json").write_text("{}")
    done = run(tmp_path, a_buildspec('cat "$CODEBUILD_SRC_DIR_plan/state.json"'), plan=tmp_path / "plan")
    assert done.said == "{}"


@pytest.mark.parametrize(
    ("artifacts", "found"),
    [
        ({"files": ["out/one"]}, ["out/one"]),
        ({"base-directory": "out", "files": ["**/*"]}, ["deep/two", "one"]),
    ],
)
def test_what_is_handed_on_is_what_the_buildspec_says(
    tmp_path: Path, artifacts: Mapping[str, Any], found: list[str]
) -> None:
    done = run(tmp_path, a_buildspec("mkdir -p out/deep", "touch out/one out/deep/two", artifacts=artifacts))
    files = [path for path in done.artifacts.rglob("*") if path.is_file()]
    assert sorted(str(path.relative_to(done.artifacts)) for path in files) == found


def test_exported_variables_keep_their_lines(tmp_path: Path) -> None:
    environment = {"shell": "bash", "exported-variables": ["SUMMARY"]}
    buildspec = {**a_buildspec("export SUMMARY=\"$(printf 'a\\nb')\""), "env": environment}
    assert run(tmp_path, buildspec).exported == {"SUMMARY": "a\nb"}


def test_the_callers_environment_does_not_reach_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENVIRONMENT", "production")
    assert run(tmp_path, a_buildspec('echo "[$ENVIRONMENT]"')).said == "[]\n"


def test_buildspecs_are_read_from_a_template(tmp_path: Path) -> None:
    spec = a_buildspec("true")
    project = {
        "Type": "AWS::CodeBuild::Project",
        "Properties": {"Name": "a", "Source": {"BuildSpec": json.dumps(spec)}},
    }
    other = {"Type": "AWS::Logs::LogGroup"}
    (tmp_path / "template.json").write_text(json.dumps({"Resources": {"A": project, "B": other}}))
    assert buildspecs(tmp_path / "template.json") == {"a": spec}
