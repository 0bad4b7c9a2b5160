"""The twin's programs: all in one process group, under one supervisor, found again after a crash."""

from eks_twin.processes.files import last_lines
from eks_twin.processes.leftovers import Leftover, clean_up, is_supervised, leftovers
from eks_twin.processes.lifecycle import run_program, start_supervisor, stop
from eks_twin.processes.ports import free_ports
from eks_twin.processes.program import Program, withdraw
from eks_twin.processes.record import Record, Running, read_record

__all__ = [
    "Leftover",
    "Program",
    "Record",
    "Running",
    "clean_up",
    "free_ports",
    "is_supervised",
    "last_lines",
    "leftovers",
    "read_record",
    "run_program",
    "start_supervisor",
    "stop",
    "withdraw",
]
