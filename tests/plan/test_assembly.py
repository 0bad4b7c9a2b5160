import json
from pathlib import Path
from typing import Any

import pytest

from api_platform.errors import InputError
from api_platform.plan.assembly import SCHEMA, CloudAssembly, StackKey


def a_stack_artifact(path: str, *dependencies: str) -> dict[str, Any]:
    return {
        "type": "aws:cloudformation:stack",
        "environment": "aws://123456789012/eu-west-1",
        "displayName": path,
        "dependencies": list(dependencies),
        "properties": {
            "templateFile": "template.json",
            "stackName": path.replace("/", "-"),
            "lookupRole": {"arn": "arn:${AWS::Partition}:iam::123456789012:role/lookup"},
        },
    }


def write(folder: Path, artifacts: dict[str, Any], version: str = f"{SCHEMA}.0.0") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({"version": version, "artifacts": artifacts}))
    (folder / "template.json").write_text(json.dumps({"Resources": {}}))
    return folder


def an_assembly(folder: Path) -> Path:
    nested = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-production"}}
    write(folder, {"nested": nested, "pipeline": a_stack_artifact("pipeline"), "tree": {"type": "cdk:tree"}})
    artifacts = {"a": a_stack_artifact("production/a"), "b": a_stack_artifact("production/b", "a", "b.assets")}
    write(folder / "assembly-production", artifacts)
    return folder


def test_stacks_of_stages_and_beside_them_are_read(tmp_path: Path) -> None:
    assembly = CloudAssembly.read(an_assembly(tmp_path))
    assert assembly.environments == ["production", "pipeline"]
    first, second = assembly.of("production").stacks
    assert (first.key, first.lookup_role) == (
        StackKey("123456789012", "eu-west-1", "production-a"),
        "arn:aws:iam::123456789012:role/lookup",
    )
    assert second.after == {"production/a"}


def test_a_folder_without_an_assembly_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is no cloud assembly.*cdk synth"):
        CloudAssembly.read(tmp_path)


@pytest.mark.parametrize("version", ["54.0.0", "56.0.0", "x"])
def test_an_assembly_of_another_version_is_refused(tmp_path: Path, version: str) -> None:
    with pytest.raises(InputError, match=rf"another version of the CDK \(schema {version}, ours is {SCHEMA}\)"):
        CloudAssembly.read(write(tmp_path, {}, version))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "55.0.0", "artifacts": {"a": {"type": 7}}}'])
def test_half_an_assembly_is_refused_or_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    try:
        assert CloudAssembly.read(tmp_path).stacks == ()
    except InputError as error:
        assert "cdk synth" in str(error)  # noqa: PT017 - either will do


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (an_assembly(tmp_path) / "template.json").unlink()
    with pytest.raises(InputError, match="no whole cloud assembly"):
        CloudAssembly.read(tmp_path)


def test_an_environment_that_it_lacks_is_refused_with_the_nearest(tmp_path: Path) -> None:
    assembly = CloudAssembly.read(an_assembly(tmp_path))
    with pytest.raises(InputError, match="Did you mean 'production'"):
        assembly.require("productoin", tmp_path)
