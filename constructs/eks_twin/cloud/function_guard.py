"""Keeps a Python function inside the twin: it reaches loopback alone, and starts the twin's own programs alone.

A guard against what ordinary code does, not a jail: native code goes around it, and it may read what its user may.
"""

import ipaddress
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

_LOOK_UPS: Final = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_CONNECTIONS: Final = ("socket.connect", "socket.sendto", "socket.sendmsg")
_STARTS: Final = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system")
"""Events of Python's audit, which none of its modules can go around."""
_METHODS: Final = ("connect", "connect_ex", "sendto", "sendmsg")
"""Of a socket. Where they are given a name, they look it up before they raise their event."""


class OutsideError(Exception):
    """A function tried to leave the twin. No OSError: libraries would take it for a network that is slow today."""


def keep_inside(programs: Path) -> None:
    """Refuse from now on what would leave the twin, in this process and for good: by OutsideError, which names it.

    `programs`: the folder with the programs that may be started.
    """

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _LOOK_UPS:
            _refuse_host(arguments[0])
        elif event in _CONNECTIONS:
            _refuse_address(arguments[1])
        elif event in _STARTS:
            _refuse_program(_text(arguments[0]), programs)

    for name in _METHODS:
        setattr(socket.socket, name, _checked(getattr(socket.socket, name)))
    sys.addaudithook(watch)


def _checked(method: Callable[..., Any]) -> Callable[..., Any]:
    def checked(self: socket.socket, *arguments: Any) -> Any:
        if isinstance(arguments[-1], tuple):
            _refuse_address(arguments[-1])
        return method(self, *arguments)

    return checked


def _refuse_address(address: object) -> None:
    """Refuse what is not on loopback. `address`: as a socket's method takes it; None for one that is connected."""
    if isinstance(address, tuple):
        _refuse_host(address[0])
    elif address is not None:
        raise OutsideError(f"functions of the twin have no way to other programs: refused {_text(address)!r}")


def _refuse_host(host: object) -> None:
    if host is not None and not _is_loopback(_text(host)):
        raise OutsideError(f"functions of the twin have no network: refused {_text(host)!r}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse_program(program: str, programs: Path) -> None:
    path = Path(program)
    if path.parent not in (Path(), programs) or not (programs / path.name).is_file():
        known = " and ".join(sorted(one.name for one in programs.glob("*"))) or "no programs"
        raise OutsideError(f"functions of the twin start {known} alone: refused {program!r}")


def _text(value: object) -> str:
    return os.fsdecode(value) if isinstance(value, bytes | os.PathLike) else str(value)
