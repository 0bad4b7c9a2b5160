"""A command that writes a folder whole must not take somebody else's for it."""

from pathlib import Path

import pytest

from api_platform.cli.own_folder import write_own_folders
from api_platform.errors import InputError

MARK = "# Ours."


def test_what_it_wrote_before_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """A page of an alert that is gone would be read as if it still fired."""
    write_own_folders({tmp_path / "out": {"gone": f"{MARK}\n", "kept": f"{MARK}\nold"}}, MARK)
    write_own_folders({tmp_path / "out": {"kept": f"{MARK}\nnew"}}, MARK)
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {"kept": f"{MARK}\nnew"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    write_own_folders({tmp_path: {"page": MARK}}, MARK)
    assert (tmp_path / "page").read_text() == MARK


@pytest.mark.parametrize("strange", ["notes.md", "folder/notes.md"])
def test_a_folder_with_anything_else_in_it_is_refused_and_left(tmp_path: Path, strange: str) -> None:
    """`--out docs` would delete the documentation."""
    path = tmp_path / "docs" / strange
    path.parent.mkdir(parents=True)
    path.write_text("mine")
    with pytest.raises(InputError, match=r"docs: holds (notes\.md|folder), which this command has not written"):
        write_own_folders({tmp_path / "new": {"page": MARK}, tmp_path / "docs": {"page": MARK}}, MARK)
    assert path.read_text() == "mine"
    assert not (tmp_path / "new").exists()


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(InputError, match=r"out: is no folder\. Name another one with --out\."):
        write_own_folders({tmp_path / "out": {"page": MARK}}, MARK)
