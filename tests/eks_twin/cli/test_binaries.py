"""`eks-twin binaries`: what it prints, and what it refuses. How programs are built: tests/eks_twin/binaries."""

from pathlib import Path

import pytest

from eks_twin.binaries import CONTROL_PLANE, ETCD, KEDA
from eks_twin.binaries.build import cache_folder
from eks_twin.cli.commands import binaries_command
from eks_twin.errors import InputError
from eks_twin.extension import Extension
from tests.eks_twin.binaries.fake_go import a_family, a_program


@pytest.fixture(autouse=True)
def an_empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("KUBEBUILDER_ASSETS", raising=False)


def test_it_prints_where_each_program_lies(capsys: pytest.CaptureFixture[str]) -> None:
    built = a_program(cache_folder(ETCD) / "etcd")
    binaries_command(Extension(), ["etcd"])
    assert capsys.readouterr().out.split() == ["etcd", str(built)]


def test_without_a_name_it_is_all_that_the_twin_and_the_app_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = a_family(tmp_path, name="own")
    families = (*CONTROL_PLANE, KEDA, own)
    programs = [program for family in families for program in family.programs]
    for family in families:
        for program in family.programs:
            a_program(cache_folder(family) / program)
    binaries_command(Extension(families={"own": own}), [])
    assert capsys.readouterr().out.split()[::2] == programs


def test_a_name_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match=r"'kubernets'.*kubernetes, etcd, kwok, keda"):
        binaries_command(Extension(), ["kubernets"])
