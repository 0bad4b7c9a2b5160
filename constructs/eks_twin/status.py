"""What the twin's programs are at."""

from dataclasses import dataclass

from eks_twin.home import Home
from eks_twin.processes.record import Running, read_record

_MEBIBYTE = 2**20


@dataclass(frozen=True)
class ProgramRow:
    """One program."""

    name: str
    process: str
    memory_bytes: int
    """Resident; 0 where it is down."""
    restarts: int
    runs: bool
    state: str
    """What is to be said of it; empty when nothing."""

    @property
    def memory(self) -> str:
        """As people read it."""
        return f"{self.memory_bytes / _MEBIBYTE:.0f} MiB" if self.memory_bytes else ""


def program_rows(home: Home) -> list[ProgramRow]:
    """Return every program that the twin's supervisor knows; none where there is no supervisor."""
    record = read_record(home)
    return [_row(name, running) for name, running in record.programs.items()] if record else []


def runs(home: Home, program: str) -> bool:
    """Whether this program of the twin runs."""
    record = read_record(home)
    running = record.programs.get(program) if record else None
    return bool(running and running.identity and running.identity.lives)


def _row(name: str, running: Running) -> ProgramRow:
    process = running.identity.process() if running.identity else None
    if process is None:
        state = "down" if running.exit is None else f"down, ended with {running.exit}"
        return ProgramRow(name, "", 0, running.restarts, runs=False, state=state)
    memory = process.memory_info().rss + sum(child.memory_info().rss for child in process.children(recursive=True))
    return ProgramRow(name, str(process.pid), memory, running.restarts, runs=True, state="")
