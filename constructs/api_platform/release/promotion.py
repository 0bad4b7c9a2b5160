"""A promotion: what runs in one environment is released to another, from that one's own registry."""

from collections.abc import Sequence

from api_platform.environment import Environment, load_environments
from api_platform.errors import InputError
from api_platform.release.edit import ReleaseEdit, pinned_image
from api_platform.release.image_release import ImageRelease


def promotion(source: str, target: str, services: Sequence[str]) -> ReleaseEdit:
    """Return the edit by which `target` gets the releases of `source`: tag and digest, never repository or replicas.

    `services`: which ones; none: all that the source's file pins. Raises InputError on unknown names, on a promotion
    of an environment to itself, and where one of the two files does not pin a service.
    """
    (come_from,), (go_to,) = load_environments(source), load_environments(target)
    if come_from.name == go_to.name:
        raise InputError(f"{source} cannot be promoted to itself. Name another environment to promote it to.")
    return ReleaseEdit(go_to, {name: _carried(come_from, go_to, name) for name in services or come_from.images})


def _carried(come_from: Environment, go_to: Environment, service: str) -> ImageRelease:
    image = pinned_image(come_from, service)
    pinned_image(go_to, service)
    return ImageRelease.of(image)
