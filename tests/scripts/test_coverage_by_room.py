import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scripts.coverage_by_room import FLOORS, Room, main, rooms, too_low

ROOT = Path(__file__).resolve().parent.parent.parent


def report(**files: tuple[int, int]) -> Mapping[str, Any]:
    """Return what `coverage json` writes: (covered lines, lines) of each file, `__` standing for a slash."""
    return {
        "files": {
            f"constructs/{name.replace('__', '/')}.py": {"summary": {"covered_lines": covered, "num_statements": lines}}
            for name, (covered, lines) in files.items()
        }
    }


def test_files_add_up_to_their_room_and_rooms_to_their_package() -> None:
    found = rooms(report(eks_twin__cloud__eks=(3, 4), eks_twin__cloud__types__s3=(1, 2), eks_twin__home=(5, 5)))
    assert found == [Room("eks_twin", 9, 11), Room("eks_twin/cloud", 4, 6), Room("eks_twin/home.py", 5, 5)]


def test_a_file_with_nothing_to_run_is_no_gap() -> None:
    assert rooms(report(eks_twin__empty=(0, 0)))[0].share == 100


@pytest.mark.parametrize(("covered", "is_too_low"), [(89, True), (90, False)])
def test_a_package_below_its_floor_is_named(covered: int, is_too_low: bool) -> None:
    assert bool(list(too_low([Room("eks_twin", covered, 100)], {"eks_twin": 90.0}))) is is_too_low


def test_a_package_that_was_not_measured_is_no_success() -> None:
    """Moved, its folder would be measured no more, and nothing would be below anything."""
    assert "not measured" in next(too_low([], {"eks_twin": 90.0}))


def test_the_exit_code_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "coverage.json"
    file.write_text(json.dumps(report(eks_twin__home=(1, 10))))
    assert main([str(file)]) == 1
    assert "10.0 % of its lines" in capsys.readouterr().out
    file.write_text(json.dumps(report(eks_twin__home=(10, 10))))
    assert main([str(file)]) == 0


@pytest.mark.parametrize("package", FLOORS)
def test_what_has_a_floor_is_here(package: str) -> None:
    assert (ROOT / "constructs" / package).is_dir()
