"""What the figures were measured on, and with."""

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from benchmarks.workspace import BIN, ROOT

PACKAGES = ("aws-cdk-lib", "cdk8s", "cdk8s-plus-27", "jsii", "constructs", "pydantic", "grafana-foundation-sdk")
CORES = os.cpu_count() or 1
CLIS = ("aws-cdk", "cdk8s-cli")


def machine() -> str:
    """Return cores, processor, memory, system and load."""
    load = f"load {os.getloadavg()[0]:.1f} at the start"
    return f"{CORES} cores, {_processor()}, {_memory()}, {platform.system()} {platform.machine()}, {load}"


def versions() -> str:
    """Return the versions of all that takes part."""
    programs = [
        ("python", platform.python_version()),
        ("node", _said_by(BIN / "node", "--version")),
        ("helm", _said_by(BIN / "helm", "version", "--template", "{{.Version}}")),
    ]
    programs += [(package, version(package)) for package in PACKAGES]
    programs += [(cli, _npm_version(cli)) for cli in CLIS]
    return ", ".join(f"{name} {number.removeprefix('v')}" for name, number in programs)


def _processor() -> str:
    return _field(Path("/proc/cpuinfo"), "model name") or platform.processor() or "unknown processor"


def _memory() -> str:
    kibibytes = _field(Path("/proc/meminfo"), "MemTotal").removesuffix(" kB")
    return f"{int(kibibytes) / 2**20:.0f} GiB" if kibibytes else "unknown memory"


def _field(file: Path, name: str) -> str:
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _said_by(program: Path, *words: str) -> str:
    if not program.is_file():
        return "absent"
    return subprocess.run([program, *words], capture_output=True, text=True, check=False).stdout.strip()


def _npm_version(package: str) -> str:
    file = ROOT / "node_modules" / package / "package.json"
    return str(json.loads(file.read_text(encoding="utf-8"))["version"]) if file.is_file() else "absent"
