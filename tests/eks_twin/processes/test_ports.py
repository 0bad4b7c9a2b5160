import random
import socket

import pytest

from eks_twin.errors import TwinError
from eks_twin.processes import free_ports, ports


def test_each_name_has_a_port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    free = list(free_ports(["one", "two"]).values())
    answers = iter([free[0], free[0], free[1]])
    monkeypatch.setattr(random, "choice", lambda _: next(answers))
    assert free_ports(["one", "two"]) == {"one": free[0], "two": free[1]}


def test_no_port_is_one_that_outgoing_connections_are_lent() -> None:
    """A client that calls a restarting server over and over would be lent its port, and take it."""
    assert max(free_ports(["server"]).values()) < 32768


def test_a_port_that_somebody_listens_on_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        free = free_ports(["other"])["other"]
        answers = iter([taken, taken, free])
        monkeypatch.setattr(random, "choice", lambda _: next(answers))
        assert free_ports(["server"]) == {"server": free}


def test_no_free_port_is_a_clear_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_is_free", lambda _: False)
    with pytest.raises(TwinError, match="No free port"):
        free_ports(["server"])
