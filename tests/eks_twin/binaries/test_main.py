from pathlib import Path

import pytest

from eks_twin.binaries.__main__ import main
from eks_twin.binaries.build import cache_folder
from eks_twin.binaries.families import ETCD
from tests.eks_twin.binaries.fake_go import a_program


def test_it_prints_where_each_program_lies(capsys: pytest.CaptureFixture[str]) -> None:
    built = a_program(cache_folder(ETCD) / "etcd")
    assert main(["etcd"]) == 0
    assert capsys.readouterr().out.split() == ["etcd", str(built)]


def test_a_wrong_word_is_refused_with_the_nearest_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kubernets"]) == 2
    assert capsys.readouterr().err == "There is nothing of the name 'kubernets'. Did you mean 'kubernetes'?\n"


def test_what_cannot_be_built_is_one_message_and_no_traceback(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    a_program(tmp_path / "bin" / "go", "go version go1.26.8 linux/amd64")
    (tmp_path / "bin" / "go").write_text((tmp_path / "bin" / "go").read_text() + '[ "$1" = version ]\n')
    assert main(["etcd"]) == 1
    assert "etcd v3.6.16 could not be built" in capsys.readouterr().err
