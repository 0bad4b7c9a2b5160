"""Waits until a program answers that it is ready, and says why where it does not."""

import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes.files import last_lines
from eks_twin.processes.record import Running, read_record

_GLANCE_SECONDS = 0.05
_ANSWER_SECONDS = 2.0
_DEATHS = 3
"""A program that has died so often at its start will not come up."""
_PORT_IS_TAKEN = ("address already in use", "bind: address already")
_NO_PROXY = urllib.request.ProxyHandler({})
"""A proxy that the user's environment names must not be asked for loopback."""


class PortIsTakenError(TwinError):
    """A port that was free when it was chosen is not any more: choose again."""


@dataclass(frozen=True)
class Endpoint:
    """Where a program says whether it is ready."""

    url: str
    authority: Path | None = None
    """The certificate authority of an https URL."""
    token: str | None = None

    def answers(self) -> bool:
        """Whether it says that it is ready, now."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        request = urllib.request.Request(self.url, headers=headers)  # noqa: S310 - our own URLs
        context = ssl.create_default_context(cafile=str(self.authority)) if self.authority else None
        opener = urllib.request.build_opener(_NO_PROXY, urllib.request.HTTPSHandler(context=context))
        try:
            with opener.open(request, timeout=_ANSWER_SECONDS) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def wait_until_ready(home: Home, program: str, is_ready: Callable[[], bool], seconds: float) -> None:
    """Return when the program is ready.

    Raises TwinError, with the end of its log, where that takes longer than `seconds` or the program keeps dying;
    PortIsTakenError where it dies because somebody has its port.
    """
    deadline = time.monotonic() + seconds
    while not is_ready():
        running = _running(home, program)
        if running and running.restarts + (running.identity is None) >= _DEATHS:
            raise _failure(home, program, f"died {_DEATHS} times, at last with exit {running.exit}")
        if time.monotonic() > deadline:
            raise _failure(home, program, f"was not ready after {seconds:.0f} s")
        time.sleep(_GLANCE_SECONDS)


def _running(home: Home, program: str) -> Running | None:
    record = read_record(home)
    return record.programs.get(program) if record else None


def _failure(home: Home, program: str, what: str) -> TwinError:
    log = home.logs / f"{program}.log"
    end = last_lines(log)
    message = f"{program} {what}. The end of {log}:\n{end}"
    return PortIsTakenError(message) if any(words in end for words in _PORT_IS_TAKEN) else TwinError(message)
