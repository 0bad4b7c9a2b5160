"""`api-platform release`, `promote` and `rollback`: they edit an environment file, and leave the commit to people."""

import sys
from collections.abc import Sequence

from api_platform.cli.plan import plan_command
from api_platform.environment import load_environments
from api_platform.errors import InputError, shown
from api_platform.plan.planning import PlanRequest
from api_platform.release.edit import ReleaseEdit, pinned_image
from api_platform.release.environment_text import file_of
from api_platform.release.history import newest_other_release
from api_platform.release.image_release import ImageRelease
from api_platform.release.promotion import promotion
from api_platform.release.registry import digest_in_registry


def release_command(
    service: str, tag: str, environment_name: str, *, digest: str | None, without_digest: bool, force: bool
) -> None:
    """Pin the service to a tag, and to a digest: the given one, the tag's own, or the registry's. Raises InputError."""
    (environment,) = load_environments(environment_name)
    image = pinned_image(environment, service)
    release = ImageRelease.parse(tag, digest)
    if without_digest and release.digest:
        raise InputError("a digest and --without-digest exclude each other. Leave out one of them.")
    if not without_digest and not release.digest:
        release = ImageRelease(tag, digest_in_registry(release.on(image)))
    _carry_out(ReleaseEdit(environment, {service: release}), force=force)


def promote_command(source: str, target: str, services: Sequence[str], *, force: bool) -> None:
    """Give the services of one environment the releases that they have in another. Raises InputError."""
    _carry_out(promotion(source, target, services), force=force)


def rollback_command(service: str, environment_name: str, *, force: bool) -> None:
    """Pin the service to the release that it had before, as the file's git history tells it. Raises InputError."""
    (environment,) = load_environments(environment_name)
    pinned_image(environment, service)
    past = newest_other_release(environment, service)
    origin = f"That is what commit {past.version.commit} of {past.version.date} had."
    _carry_out(ReleaseEdit(environment, {service: past.release}), force=force, origin=origin)


def _carry_out(edit: ReleaseEdit, *, force: bool, origin: str = "") -> None:
    """Write the edit, and print it and its plan. `origin`: where its releases are from, a sentence. Default: unsaid."""
    for sentence in edit.write(force=force):
        _say(sentence)
    _print_changes(edit)
    if origin:
        _say(origin)
    if edit.changes:
        print_plan(edit.environment.name)


def print_plan(environment_name: str) -> None:
    """Print what a deploy of the edited file would do; where that cannot be told, why: the edit stands all the same."""
    try:
        # Only to be read here: what a plan refuses, the one before a deploy does.
        plan_command(PlanRequest(environment_name), "terminal", detailed_exit_code=False, unprotect=True)
    except InputError as error:
        _say(f"There is no plan to show: {error}")


def _print_changes(edit: ReleaseEdit) -> None:
    """Print each changed key: the old value and the new one. stdout, so that it can be kept."""
    file = file_of(edit.environment)
    if not edit.changes:
        _say(f"{shown(file)}: nothing to change: {', '.join(f'{s} is at {r}' for s, r in edit.releases.items())}.")
        return
    for change in edit.changes:
        print(f"{edit.environment.place_of('images', change.service, 'tag')}: images.{change.service}")
        for key, old, new in (
            ("tag", change.before.tag, change.after.tag),
            ("digest", change.before.shown_digest, change.after.shown_digest),
        ):
            if old != new:
                print(f"  {key:<8}{old} -> {new}")
    _say(f"Not committed: git diff {shown(file)}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
