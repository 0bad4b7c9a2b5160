"""Keeps the programs of a twin running, in one process group, and ends them all when it is told to."""

import os
import signal
import time

from eks_twin.home import Home
from eks_twin.processes.child import Child
from eks_twin.processes.identity import Identity, identity_of
from eks_twin.processes.leftovers import end_all, others_of_group
from eks_twin.processes.lock import hold
from eks_twin.processes.program import folder_of_requests, requested
from eks_twin.processes.record import Record, write_record

_BEAT_SECONDS = 0.1
"""How long a death, or a request, may go unnoticed."""


class Supervisor:
    """The parent of a twin's programs.

    What shall run stands in the folder of requests; what does run, in the record. The supervisor makes the second
    follow the first. `stop_with`: a process at whose end everything ends. Default: none, it runs until it is told.
    """

    def __init__(self, home: Home, stop_with: Identity | None = None) -> None:
        self._home = home
        self._stop_with = stop_with
        self._children: dict[str, Child] = {}
        self._seen: list[tuple[str, int, int]] = []
        self._told_to_stop = False

    def run(self) -> None:
        """Run until SIGTERM, the end of `stop_with`, or the removal of the twin's folder. Raises TwinError where
        another supervisor has the folder.
        """
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        hold(self._home)
        self._write()
        try:
            while not self._is_over():
                self._beat()
                time.sleep(_BEAT_SECONDS)
        finally:
            self._end()

    def _beat(self) -> None:
        changed = self._follow_requests()
        for child in self._children.values():
            changed = child.tend() or changed
        if changed:
            self._write()

    def _stop(self, *_: object) -> None:
        self._told_to_stop = True

    def _is_over(self) -> bool:
        owner_is_gone = self._stop_with is not None and not self._stop_with.lives
        return self._told_to_stop or owner_is_gone or not folder_of_requests(self._home).is_dir()

    def _follow_requests(self) -> bool:
        """Stop what is no longer asked for or is asked for in other words; take in what is new."""
        try:
            files = [(file.name, file.stat()) for file in folder_of_requests(self._home).glob("*.json")]
            seen = sorted((name, status.st_mtime_ns, status.st_ino) for name, status in files)
            if seen == self._seen:
                return False
            wanted = {program.name: program for program in requested(self._home)}
        except FileNotFoundError:  # withdrawn while we looked: the next beat sees it gone
            return False
        self._seen = seen
        for name, child in reversed(self._children.copy().items()):
            if child.program != wanted.get(name):
                child.stop()
                del self._children[name]
        for name, program in wanted.items():
            self._children.setdefault(name, Child(program, self._home))
        self._children = {name: self._children[name] for name in wanted}
        return True

    def _write(self) -> None:
        me = identity_of(os.getpid())
        if me and self._home.folder.is_dir():
            programs = {name: child.running for name, child in self._children.items()}
            write_record(self._home, Record(me, os.getpgrp(), programs))

    def _end(self) -> None:
        for child in reversed(self._children.values()):
            child.stop()
        if os.getpgrp() == os.getpid():  # else the group is somebody else's, who started us without one of our own
            end_all(others_of_group(os.getpgrp()))  # what the programs had started themselves
        self._home.record.unlink(missing_ok=True)
