from dataclasses import replace
from pathlib import Path

import pytest

from eks_twin.binaries.family import name_by_go
from tests.eks_twin.binaries.fake_go import a_family


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("k8s.io/kubernetes/cmd/kube-apiserver", "kube-apiserver"),
        ("go.etcd.io/etcd/server/v3", "server"),
        ("github.com/kedacore/keda/v2/cmd/operator", "operator"),
    ],
)
def test_go_names_a_program_after_its_package(package: str, name: str) -> None:
    assert name_by_go(package) == name


def test_the_version_is_the_pinned_one(tmp_path: Path) -> None:
    assert a_family(tmp_path).version == "v1.2.3"


def test_stamps_and_tags_are_flags_of_the_build(tmp_path: Path) -> None:
    family = replace(a_family(tmp_path), stamps=lambda version: {"x/y.Version": version}, tags=("one", "two"))
    assert "-ldflags=-s -w -X x/y.Version=v1.2.3" in family.flags
    assert "-tags=one,two" in family.flags


def test_other_flags_are_another_fingerprint(tmp_path: Path) -> None:
    """A program built without a stamp would be taken for the one with it."""
    family = a_family(tmp_path)
    assert replace(family, tags=("one",)).fingerprint != family.fingerprint
