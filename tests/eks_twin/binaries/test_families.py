"""The table against its modules: without Go, and without a network."""

import re

import pytest

from eks_twin.binaries.families import CONTROL_PLANE, ETCD, FAMILIES, KEDA, KUBERNETES
from eks_twin.binaries.family import Family
from eks_twin.binaries.go_on_demand import packaged_version

every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=list(FAMILIES))


@every_family
def test_a_module_names_exactly_the_programs_of_its_family(family: Family) -> None:
    """Go keeps in go.sum what the tools of go.mod need; a program that is not among them would not build."""
    tools = re.findall(r"^(?:tool |\t)([\w./-]+)$", family.module.go_mod, flags=re.MULTILINE)
    (own,) = re.findall(r"^module (\S+)$", family.module.go_mod, flags=re.MULTILINE)
    assert sorted(tools) == sorted(package for package in family.programs.values() if not package.startswith(f"{own}/"))


@every_family
def test_a_package_of_our_own_is_there(family: Family) -> None:
    for package in family.programs.values():
        _, is_ours, folder = package.partition(f"eks-twin.invalid/{family.name}/")
        assert not is_ours or (family.module.folder / folder / "main.go").is_file()


@every_family
def test_go_sum_holds_what_is_pinned(family: Family) -> None:
    go_sum = (family.module.folder / "go.sum").read_text()
    assert f"{family.pin} {family.version} h1:" in go_sum


@every_family
def test_the_packaged_go_is_new_enough(family: Family) -> None:
    assert packaged_version() >= family.module.oldest_go


def test_no_two_families_build_a_program_of_one_name() -> None:
    names = [program for family in FAMILIES.values() for program in family.programs]
    assert len(names) == len(set(names))


def test_a_cluster_needs_no_keda() -> None:
    assert [family.name for family in CONTROL_PLANE] == ["kubernetes", "etcd", "kwok"]


def test_every_staged_module_of_kubernetes_is_of_its_own_release() -> None:
    """One that stayed behind would be compiled in, and fail in the strangest of places."""
    replaced = re.findall(r"^\t(k8s\.io/\S+) => (\S+) (v\S+)$", KUBERNETES.module.go_mod, flags=re.MULTILINE)
    assert len(replaced) == 33
    staged = KUBERNETES.version.replace("v1.", "v0.", 1)
    assert all(old == new and version == staged for old, new, version in replaced)


def test_programs_tell_the_version_that_is_pinned() -> None:
    assert f"-X k8s.io/component-base/version.gitVersion={KUBERNETES.version}" in " ".join(KUBERNETES.flags)
    assert f"version.Version={KEDA.version.removeprefix('v')}" in " ".join(KEDA.flags)


def test_the_store_is_new_enough_for_the_api_server() -> None:
    """Kubernetes 1.36 reads consistently from its cache only from etcd 3.5.13 on."""
    assert tuple(int(part) for part in ETCD.version.removeprefix("v").split(".")) >= (3, 5, 13)
