"""Istio's family against its module: without Go, and without a network."""

import re

from api_platform.proof.istio import ISTIO
from eks_twin.binaries import FAMILIES


def test_the_module_names_exactly_the_programs() -> None:
    """Go keeps in go.sum what the tools of go.mod need; a program that is not among them would not build."""
    assert re.findall(r"^tool (\S+)$", ISTIO.module.go_mod, flags=re.MULTILINE) == list(ISTIO.programs.values())


def test_go_sum_holds_what_is_pinned() -> None:
    assert f"{ISTIO.pin} {ISTIO.version} h1:" in (ISTIO.module.folder / "go.sum").read_text()


def test_istioctl_tells_the_version_that_is_pinned() -> None:
    assert ISTIO.version.rpartition("-")[2] in " ".join(ISTIO.flags)


def test_no_two_families_build_a_program_of_one_name() -> None:
    names = [program for family in (*FAMILIES.values(), ISTIO) for program in family.programs]
    assert len(names) == len(set(names))
