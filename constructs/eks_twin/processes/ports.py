"""Free ports on loopback."""

import random
import socket
from collections.abc import Sequence

from eks_twin.errors import TwinError

_RANGE = range(20000, 30000)
"""Below the ports that Linux (from 32768) and macOS (from 49152) lend to outgoing connections.

Were ours among those, a client that calls a server while it restarts could be lent the very port it calls: it would
connect to itself, and the server would find its port taken.
"""
_TRIES = 200


def free_ports(names: Sequence[str]) -> dict[str, int]:
    """Return a port on 127.0.0.1 for each name, which nobody listens on now.

    Another program may still take one before ours does: who starts a server is ready to choose again. Raises
    TwinError where none is free.
    """
    chosen: dict[str, int] = {}
    for name in names:
        chosen[name] = _free_port(set(chosen.values()))
    return chosen


def _free_port(taken: set[int]) -> int:
    for _ in range(_TRIES):
        port = random.choice(_RANGE)  # noqa: S311 - no secret: two twins that start at once shall not choose alike
        if port not in taken and _is_free(port):
            return port
    raise TwinError(
        f"No free port was found on 127.0.0.1 from {_RANGE.start} to {_RANGE.stop}. Stop programs that listen there."
    )


def _is_free(port: int) -> bool:
    """Whether a server could listen there. Without SO_REUSEADDR: it would let us share a port with a wider listener."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
