"""A program of the twin: what to run, where, with which ports; and the file that asks the supervisor for it."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eks_twin.home import Home
from eks_twin.processes.files import write_whole

MARK = "EKS_TWIN"
"""Environment variable of every process of a twin: the twin's folder. By it a lost process is known for ours."""

_PASSED_ON = ("PATH", "TMPDIR", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "COVERAGE_PROCESS_CONFIG")
"""The last is set while the twin's own tests are measured: what its programs run counts, too."""


@dataclass(frozen=True)
class Program:
    """One program that the supervisor keeps running."""

    name: str
    """Unique within a twin. The log is `<name>.log`."""
    command: tuple[str, ...]
    folder: Path
    """Working folder; created where it is missing."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to the little that is passed on (see `environment_of`)."""
    ports: Mapping[str, int] = field(default_factory=dict)
    """What it listens on, on 127.0.0.1, by purpose: for the record, so that others find it."""
    restart: bool = True
    """Whether it is started again when it ends, as a kubelet does with a static pod."""

    @property
    def fingerprint(self) -> str:
        """What tells this program from one of the same name with another command, environment or folder."""
        return hashlib.sha256(json.dumps(_as_json(self), sort_keys=True).encode()).hexdigest()[:16]


def environment_of(program: Program, home: Home) -> dict[str, str]:
    """Return the whole environment of the program.

    Little of the user's own gets through: a program of the twin must see neither somebody's AWS credentials nor their
    kubeconfig, so its home directory is the twin's folder.
    """
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**passed_on, "HOME": mark(home), **program.environment, MARK: mark(home)}


def mark(home: Home) -> str:
    """Return what every process of this twin, and of no other, carries in its environment: the twin's folder."""
    return str(home.folder.resolve())


def folder_of_requests(home: Home) -> Path:
    """Return the folder that says what shall run: one file for each program."""
    return home.of("programs")


def request(home: Home, program: Program) -> None:
    """Ask the supervisor to run the program, in place of one of the same name that has other words.

    It starts after those that were asked for before it, and stops before them.
    """
    folder = folder_of_requests(home)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{program.name}.json"
    rank = _rank(file) if file.exists() else 1 + max((_rank(other) for other in folder.glob("*.json")), default=0)
    write_whole(file, json.dumps({"rank": rank, **_as_json(program)}, indent=2))


def withdraw(home: Home, name: str) -> None:
    """Ask the supervisor to stop the program and to forget it. Does nothing where it was not asked for."""
    (folder_of_requests(home) / f"{name}.json").unlink(missing_ok=True)


def requested(home: Home) -> tuple[Program, ...]:
    """Return the programs that shall run, in the order in which they start."""
    found = [json.loads(file.read_text()) for file in folder_of_requests(home).glob("*.json")]
    return tuple(_from_json(one) for one in sorted(found, key=lambda one: int(one["rank"])))


def _rank(file: Path) -> int:
    return int(json.loads(file.read_text())["rank"])


def _as_json(program: Program) -> dict[str, Any]:
    return {
        "name": program.name,
        "command": list(program.command),
        "folder": str(program.folder),
        "environment": dict(program.environment),
        "ports": dict(program.ports),
        "restart": program.restart,
    }


def _from_json(one: Mapping[str, Any]) -> Program:
    return Program(
        name=one["name"],
        command=tuple(one["command"]),
        folder=Path(one["folder"]),
        environment=one["environment"],
        ports=one["ports"],
        restart=one["restart"],
    )
