import re
from collections.abc import Callable
from pathlib import Path

import pytest

from eks_twin.control_plane.api_server import api_server
from eks_twin.control_plane.controller_manager import controller_manager
from eks_twin.control_plane.etcd import etcd
from eks_twin.control_plane.kwok import kwok
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.scheduler import scheduler
from eks_twin.processes import Program
from tests.eks_twin.control_plane.planning import flags_of, plan

ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+(?![\d/])|=:\d|\[::\]")
"""Of a server, also one that means all of them (`:8080`); not of a network."""
PROGRAMS = [etcd, api_server, controller_manager, scheduler, kwok]
EVERY_PROGRAM = pytest.mark.parametrize("make", PROGRAMS, ids=lambda make: make.__name__)


@EVERY_PROGRAM
def test_every_program_is_on_loopback_alone(make: Callable[[Plan], Program], tmp_path: Path) -> None:
    program = make(plan(tmp_path))
    assert set(ADDRESS.findall(" ".join(program.command))) <= {"127.0.0.1"}


@EVERY_PROGRAM
def test_every_program_records_its_ports(make: Callable[[Plan], Program], tmp_path: Path) -> None:
    """`twin status` shows them, and `open_control_plane` finds the API server by them."""
    program = make(plan(tmp_path))
    assert program.ports
    assert all(str(port) in " ".join(program.command) for port in program.ports.values())


@EVERY_PROGRAM
def test_no_flag_is_given_twice(make: Callable[[Plan], Program], tmp_path: Path) -> None:
    program = make(plan(tmp_path))
    assert len(flags_of(program)) == len(program.command) - 1


@EVERY_PROGRAM
def test_every_program_is_named_after_its_binary_and_writes_into_its_folder(
    make: Callable[[Plan], Program], tmp_path: Path
) -> None:
    ground = plan(tmp_path)
    program = make(ground)
    assert program.command[0] == f"/binaries/{program.name}"
    assert program.folder == ground.home.of(program.name)
