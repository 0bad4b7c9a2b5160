"""What a release, a promotion or a rollback changes in one environment file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api_platform.environment import Environment
from api_platform.errors import InputError, nearest
from api_platform.image import Image
from api_platform.release.environment_text import write_releases
from api_platform.release.image_release import ImageRelease
from api_platform.release.uncommitted import overwritten_edits
from api_platform.services import all_services


@dataclass(frozen=True)
class ReleaseChange:
    """A service's release before and after."""

    service: str
    before: ImageRelease
    after: ImageRelease


@dataclass(frozen=True)
class ReleaseEdit:
    """Releases for services of one environment, whose file has a table for each of them."""

    environment: Environment
    """As its file is before the edit."""
    releases: Mapping[str, ImageRelease]
    """By service."""

    @property
    def changes(self) -> Sequence[ReleaseChange]:
        """What differs from what the file says already."""
        return [
            ReleaseChange(service, before, after)
            for service, after in self.releases.items()
            if (before := ImageRelease.of(self.environment.images[service])) != after
        ]

    def write(self, *, force: bool) -> Sequence[str]:
        """Change the file, where there is anything to change; return what it overwrites, in sentences.

        Raises InputError, and changes nothing, where the file has uncommitted edits (unless `force`) or is a link.
        """
        changed = {change.service: change.after for change in self.changes}
        if not changed:
            return []
        sentences = overwritten_edits(self.environment, changed, force=force)
        write_releases(self.environment, changed)
        return sentences


def pinned_image(environment: Environment, service: str) -> Image:
    """Return the image to which the environment's file pins the service.

    Raises InputError where there is no such service, or where its image is not in this file.
    """
    known = {one.name: one for one in all_services(environment)}
    if service not in known:
        raise InputError(f"there is no service {service!r}. {nearest(service, list(known))}")
    if service not in environment.images:
        default = known[service].workloads[0].image
        raise InputError(
            f"{environment.place_of('images')}: has no table [images.{service}]: the image stands in the service's "
            f'spec. Change it there, or add the table with repository = "{default.repository}" and '
            f'tag = "{default.tag}".'
        )
    return environment.images[service]
