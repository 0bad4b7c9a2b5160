"""A start of a control plane that is complete by default."""

from pathlib import Path

from eks_twin.control_plane import PROGRAMS, Settings
from eks_twin.control_plane.certificates import make_certificates
from eks_twin.control_plane.kubeconfig import make_users
from eks_twin.control_plane.plan import Plan
from eks_twin.home import Home
from eks_twin.processes import Program


def plan(folder: Path, settings: Settings | None = None) -> Plan:
    """Return a plan whose files exist, with binaries that do not."""
    home = Home(folder / "twin")
    home.make()
    make_certificates(home)
    binaries = {name: Path("/binaries") / name for name in PROGRAMS}
    ports = {name: 20001 + number for number, name in enumerate((*PROGRAMS, "etcd-peers"))}
    return Plan(home, binaries, ports, make_users(), settings or Settings())


def flags_of(program: Program) -> dict[str, str]:
    """Return the program's flags, by name."""
    return dict(word.removeprefix("--").partition("=")[::2] for word in program.command[1:])
