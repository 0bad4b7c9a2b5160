"""Folders that a command writes whole: it replaces what it wrote before, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

from api_platform.errors import InputError, shown
from api_platform.yaml_files import write_folder


def refuse_what_is_not_ours(folder: Path, mark: str) -> None:
    """Raise InputError unless the folder is missing, empty, or holds nothing but files whose first line is the mark."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{shown(folder)}: is no folder. Name another one with --out.")
    for entry in sorted(folder.iterdir()) if folder.exists() else ():
        if not entry.is_file() or not entry.read_bytes().startswith(mark.encode()):
            raise InputError(
                f"{shown(folder)}: holds {entry.name}, which this command has not written, and it would replace the "
                "whole folder. Name another one with --out."
            )


def write_own_folders(folders: Mapping[Path, Mapping[str, str]], mark: str) -> None:
    """Write each folder's files (name -> text). Raises InputError, before the first, on what is not ours."""
    for folder in folders:
        refuse_what_is_not_ours(folder, mark)
    for folder, files in folders.items():
        write_folder(folder, files)
