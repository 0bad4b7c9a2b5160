"""What is read from a cloud assembly: stacks under both of their names, where they belong, and clusters."""

import json
from pathlib import Path
from typing import Any

import pytest

from eks_twin.app import ClusterName, Place, read_app
from eks_twin.errors import InputError

HERE = Place("111111111111", "eu-west-1")
THERE = Place("222222222222", "us-east-1")


def stack(name: str, place: str, template: str = "t.json") -> dict[str, Any]:
    properties = {"templateFile": template, "stackName": name}
    return {"type": "aws:cloudformation:stack", "environment": place, "properties": properties}


def assembly(folder: Path, **artifacts: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({"artifacts": artifacts}))
    (folder / "t.json").write_text(json.dumps({"Resources": {}}))
    return folder


def test_stacks_of_nested_assemblies_are_found_under_both_names(tmp_path: Path) -> None:
    """A stage is an assembly of its own; CloudFormation's name is not made from the CLI's by any rule."""
    nested = {**stack("odd-name", "aws://222222222222/us-east-1"), "displayName": "stage/stack"}
    assembly(tmp_path / "stage", one=nested)
    inner = {"type": "cdk:cloud-assembly", "properties": {"directoryName": "stage"}}
    app = read_app(assembly(tmp_path, top=stack("top", str(HERE)), stage=inner, tree={"type": "cdk:tree"}))
    assert [(one.path, one.name, one.place) for one in app.stacks] == [
        ("top", "top", HERE),
        ("stage/stack", "odd-name", THERE),
    ]
    assert app.places == [HERE, THERE]


def test_clusters_are_found_where_their_names_stand_in_the_template(tmp_path: Path) -> None:
    folder = assembly(tmp_path, top=stack("top", str(HERE)))
    clusters = {
        "Named": {"Type": "AWS::EKS::Cluster", "Properties": {"Name": "one"}},
        "Unnamed": {"Type": "AWS::EKS::Cluster", "Properties": {}},
        "Computed": {"Type": "AWS::EKS::Cluster", "Properties": {"Name": {"Ref": "Parameter"}}},
    }
    (folder / "t.json").write_text(json.dumps({"Resources": clusters}))
    assert read_app(folder).clusters == [ClusterName(HERE, "one")]


def test_what_needs_no_cluster_neither_itself_nor_by_what_it_needs_can_do_without_one(tmp_path: Path) -> None:
    def one(name: str, template: str, *needs: str) -> dict[str, Any]:
        return {**stack(name, str(HERE), template), "displayName": f"stage/{name}", "dependencies": list(needs)}

    folder = assembly(
        tmp_path,
        Role=one("role", "t.json", "Cluster.assets", "Cluster"),
        User=one("user", "t.json", "Role", "Network"),
        Network=one("network", "t.json", "Network.assets"),
        Queue=one("queue", "t.json", "Network"),
        Cluster=one("cluster", "cluster.json", "Network"),
        Objects=one("objects", "objects.json"),
    )
    for name, of_type in {"cluster": "AWS::EKS::Cluster", "objects": "Custom::AWSCDK-EKS-KubernetesResource"}.items():
        (folder / f"{name}.json").write_text(json.dumps({"Resources": {"One": {"Type": of_type}}}))
    app = read_app(folder)
    assert [each.path for each in app.without_clusters.stacks] == ["stage/network", "stage/queue"]
    assert app.without_clusters.clusters == []


@pytest.mark.parametrize("place", ["aws://unknown-account/eu-west-1", "aws://111111111111/unknown-region"])
def test_a_stack_without_a_place_is_refused_by_its_name(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match=r"stack top has no account and region\. Give it some"):
        read_app(assembly(tmp_path, top=stack("top", place)))


def test_an_app_without_stacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the app has no stacks"):
        read_app(assembly(tmp_path))


def test_a_folder_that_is_no_assembly_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no cloud assembly"):
        read_app(tmp_path)
