"""The kubectl function finds kubectl, and an aws that answers its one question."""

import subprocess
from pathlib import Path

import pytest

from eks_twin.cloud.function_programs import write_function_programs


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    (tmp_path / "clusters" / "production").mkdir(parents=True)
    (tmp_path / "clusters" / "production" / "kubeconfig").write_text("the kubeconfig")
    kubectl = tmp_path / "kubectl"
    kubectl.write_text("#!/bin/sh\necho kubectl\n")
    kubectl.chmod(0o755)
    folder = tmp_path / "programs"
    write_function_programs(folder, kubectl=kubectl, clusters=tmp_path / "clusters")
    return folder


def aws(programs: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([programs / "aws", *words], capture_output=True, text=True, check=False)


def test_the_cluster_that_there_is_gets_its_kubeconfig(programs: Path, tmp_path: Path) -> None:
    target = tmp_path / "for-the-function"
    done = aws(programs, "eks", "update-kubeconfig", "--name", "production", "--kubeconfig", str(target))
    assert (done.returncode, target.read_text()) == (0, "the kubeconfig")


def test_another_cluster_is_refused(programs: Path, tmp_path: Path) -> None:
    target = tmp_path / "for-the-function"
    done = aws(programs, "eks", "update-kubeconfig", "--name", "staging", "--kubeconfig", str(target))
    assert (done.returncode, target.exists()) == (254, False)
    assert "no cluster found for name: staging" in done.stderr


def test_another_command_is_refused_by_name(programs: Path) -> None:
    done = aws(programs, "s3", "ls")
    assert done.returncode == 2
    assert "s3 ls" in done.stderr


def test_kubectl_is_the_one_that_was_given(programs: Path) -> None:
    assert subprocess.check_output([programs / "kubectl"], text=True) == "kubectl\n"


def test_writing_them_again_is_no_error(programs: Path, tmp_path: Path) -> None:
    write_function_programs(programs, kubectl=tmp_path / "kubectl", clusters=tmp_path / "elsewhere")
    assert "elsewhere" in (programs / "aws").read_text()
