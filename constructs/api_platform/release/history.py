"""The releases that an environment file has had."""

import tomllib
from dataclasses import dataclass

from api_platform.environment import Environment
from api_platform.errors import InputError, shown
from api_platform.image import Image
from api_platform.release.environment_text import file_of
from api_platform.release.git import NoGitError, TrackedFile, Version
from api_platform.release.image_release import ImageRelease


@dataclass(frozen=True)
class PastRelease:
    """A release as a commit had it."""

    release: ImageRelease
    version: Version


def newest_other_release(environment: Environment, service: str) -> PastRelease:
    """Return what the service was pinned to before what it is pinned to now.

    Raises InputError where the file's history knows no other release, or cannot be read.
    """
    path = file_of(environment)
    way_out = f"name the release yourself: api-platform release {service} TAG -e {environment.name}"
    try:
        file = TrackedFile.of(path)
    except NoGitError as error:
        raise InputError(f"{error} Or {way_out}") from None
    now = ImageRelease.of(environment.images[service])
    for version in file.versions():
        release = release_in(version.data, service)
        if release not in {None, now}:
            return PastRelease(release, version)
    if file.is_shallow:
        raise InputError(
            f"{shown(path)}: this clone is shallow, and what was cloned of the file's history knows no other release "
            f"of {service} than {now}. Fetch the rest: git fetch --unshallow. Or {way_out}"
        )
    raise InputError(
        f"{shown(path)}: its history knows no other release of {service} than {now}. To go to another, {way_out}"
    )


def release_in(data: bytes | None, service: str) -> ImageRelease | None:
    """Return what a version of an environment file pins the service to; None where it does not, or not validly."""
    try:
        facts = tomllib.loads((data or b"").decode("utf-8-sig"))
        return ImageRelease.of(Image(**facts["images"][service]))
    except (ValueError, KeyError, TypeError, InputError):
        return None
