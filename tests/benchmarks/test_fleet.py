"""Many services are made of the platform's own, which people will change: the copies must follow."""

import subprocess
from pathlib import Path

import pytest

from api_platform.services import SERVICES
from benchmarks.fleet import add_services
from benchmarks.workspace import Workspace, copy_of_the_repository

WHOLE_GROUP_AND_ONE = 2 * len(SERVICES) + 1


@pytest.fixture
def fleet(tmp_path: Path) -> Workspace:
    workspace = copy_of_the_repository(tmp_path / "copy")
    add_services(workspace, WHOLE_GROUP_AND_ONE)
    return workspace


@pytest.mark.slow
def test_a_fleet_keeps_every_rule_and_has_so_many_services(fleet: Workspace) -> None:
    """One service beyond whole groups, so that what it calls is not among the copies."""
    command = fleet.command("api-platform", "synth", "--environment", "production")
    done = subprocess.run(command.words, cwd=fleet.root, env=command.variables, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert len(list((fleet.root / "dist" / "production").glob("50-*"))) == WHOLE_GROUP_AND_ONE


def test_a_copy_is_one_file_and_what_registers_it(fleet: Workspace) -> None:
    services = fleet.root / "constructs" / "api_platform" / "services"
    copies = {file.stem for file in services.glob("*_0*.py")}
    assert len(copies) == WHOLE_GROUP_AND_ONE - len(SERVICES)
    registered = (services / "__init__.py").read_text(encoding="utf-8")
    assert all(f"    {copy},\n" in registered for copy in copies)
