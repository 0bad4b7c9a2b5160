"""What runs: the supervisor writes it at every change, everybody else reads it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from eks_twin.home import Home
from eks_twin.processes.files import write_whole
from eks_twin.processes.identity import Identity


@dataclass(frozen=True)
class Running:
    """One program, as it stands."""

    fingerprint: str
    """Of the Program that was started."""
    identity: Identity | None
    """None while it is down."""
    restarts: int = 0
    """How often it was started again."""
    exit: int | None = None
    """How it ended last: its exit code, or minus the signal. None: it has never ended."""
    ports: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """A twin's processes."""

    supervisor: Identity
    group: int
    """Process group and session of all of them."""
    programs: Mapping[str, Running]
    """By name, in the order of their start."""


def write_record(home: Home, record: Record) -> None:
    """Write the record, whole."""
    write_whole(home.record, json.dumps(asdict(record), indent=2) + "\n")


def read_record(home: Home) -> Record | None:
    """Return the record; None where no supervisor wrote one, or what is there is not readable as one."""
    try:
        facts = json.loads(home.record.read_text())
        programs = {name: _running(one) for name, one in facts["programs"].items()}
        return Record(_identity(facts["supervisor"]), facts["group"], programs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _running(facts: Mapping[str, Any]) -> Running:
    identity = facts["identity"]
    return Running(
        fingerprint=facts["fingerprint"],
        identity=_identity(identity) if identity else None,
        restarts=facts["restarts"],
        exit=facts["exit"],
        ports=facts["ports"],
    )


def _identity(facts: Mapping[str, Any]) -> Identity:
    return Identity(facts["pid"], facts["born"])
