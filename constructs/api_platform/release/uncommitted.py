"""Edits of an environment file that were never committed, and which a release would overwrite."""

from collections.abc import Iterable

from api_platform.environment import Environment
from api_platform.errors import InputError, shown
from api_platform.release.environment_text import file_of
from api_platform.release.git import NoGitError, TrackedFile
from api_platform.release.history import release_in
from api_platform.release.image_release import ImageRelease


def overwritten_edits(environment: Environment, services: Iterable[str], *, force: bool) -> list[str]:
    """Return a sentence about each uncommitted release that goes, and one about the edits that stay.

    Raises InputError where the file has uncommitted edits, unless `force`. Without git nothing is known of any.
    """
    path = file_of(environment)
    try:
        file = TrackedFile.of(path)
    except NoGitError:
        return []
    if not file.has_uncommitted_edits:
        return []
    if not force:
        raise InputError(
            f"{shown(path)}: has edits that are not committed: git diff {shown(path)}. "
            "Commit them, or write over them: --force"
        )
    committed = file.committed
    sentences = [
        f"{shown(path)}: overwrites an edit that was never committed: images.{service} was at {now}, "
        f"and is committed at {was or 'nothing'}."
        for service in services
        if (now := ImageRelease.of(environment.images[service])) != (was := release_in(committed, service))
    ]
    return [*sentences, f"{shown(path)}: its other uncommitted edits stay."]
