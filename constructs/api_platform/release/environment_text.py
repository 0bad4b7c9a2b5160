"""Puts releases into an environment file: as a whole or not at all, and not one byte beside them changes."""

import codecs
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from api_platform.environment import Environment, load_environments
from api_platform.errors import InputError, shown
from api_platform.image import Image
from api_platform.release.image_release import ImageRelease
from api_platform.release.toml_text import with_release


def file_of(environment: Environment) -> Path:
    """Return the environment's file, which may be edited.

    Raises InputError where the file is a link: to write beside it would leave the file that it points to as it is.
    """
    if environment.file is None:
        raise ValueError(f"{environment.name} was read from no file")
    if environment.file.is_symlink():
        target = environment.file.readlink()
        raise InputError(
            f"{shown(environment.file)}: is a link to {target}, and links are not edited. "
            f"Put the file itself there, or change the tag in {target}."
        )
    return environment.file


def write_releases(environment: Environment, releases: Mapping[str, ImageRelease]) -> None:
    """Have the environment's file pin each of these services (which have a table in it) to its release.

    The file is written beside the old one, read back by our own loader, and then takes the old one's place and mode.
    Raises InputError where that cannot be done; the file is then as it was.
    """
    path = file_of(environment)
    images = {name: releases[name].on(image) if name in releases else image for name, image in _images(environment)}
    expected = environment.model_copy(update={"images": images})
    try:
        data = path.read_bytes()
        with tempfile.TemporaryDirectory(prefix=f".{path.stem}-", dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            _write(fresh, _with_releases(data, releases))
            shutil.copymode(path, fresh)
            _read_back(fresh, expected)
            fresh.replace(path)
    except OSError as error:
        raise InputError(
            f"{shown(path)}: cannot be written ({error.strerror}). Check that you may write in {shown(path.parent)}."
        ) from None


def _images(environment: Environment) -> list[tuple[str, Image]]:
    return list(environment.images.items())


def _with_releases(data: bytes, releases: Mapping[str, ImageRelease]) -> bytes:
    """Return the file's bytes with the releases in them. Line ends stay as they are; TOML knows no byte order mark."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data.removeprefix(mark).decode()
    for service, release in releases.items():
        text = with_release(text, service, release)
    return mark + text.encode()


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _read_back(fresh: Path, expected: Environment) -> None:
    (written,) = load_environments(expected.name, directory=fresh.parent)
    if written.model_dump() != expected.model_dump():
        raise InputError(
            f"{expected.place_of('images')}: is written so that no program can change it alone. Change it by hand."
        )
