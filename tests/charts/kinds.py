"""Which kinds a chart's objects are of, and where in the order of applying each stands."""

from collections.abc import Sequence

from api_platform.rules import Manifest


def kinds_of(objects: Sequence[Manifest]) -> set[str]:
    """Return the kinds."""
    return {one["kind"] for one in objects}


def title(manifest: Manifest) -> str:
    """Return kind and name, as kubectl prints them."""
    return f"{manifest['kind']}/{manifest['metadata']['name']}"


def titles(objects: Sequence[Manifest]) -> list[str]:
    """Return kind and name of each, in order."""
    return [title(one) for one in objects]


def last_of(kind: str, objects: Sequence[Manifest]) -> int:
    """Return where the last object of the kind stands. Raises ValueError where there is none."""
    return max(position for position, one in enumerate(objects) if one["kind"] == kind)


def first_of(kind: str, objects: Sequence[Manifest]) -> int:
    """Return where the first object of the kind stands. Raises ValueError where there is none."""
    return min(position for position, one in enumerate(objects) if one["kind"] == kind)
