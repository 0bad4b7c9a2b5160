"""Tags, which every service changes by calls of its own."""

from collections.abc import Callable
from typing import Any

from eks_twin.cloud.types.kept import ChangeInPlace, Kept

TagCall = Callable[[Kept, Any], object]
"""Takes the resource, and the tags or their keys."""


def tagged(tag: TagCall, untag: TagCall) -> ChangeInPlace:
    """Return how the property `Tags`, a list of pairs, is changed by two calls, each made where it has something to do.

    `tag` gets key -> value; `untag` the keys of those that go.
    """

    def change(kept: Kept) -> None:
        old, new = (_pairs(properties.get("Tags")) for properties in (kept.before, kept.after))
        if gone := sorted(old.keys() - new.keys()):
            untag(kept, gone)
        if come := {key: value for key, value in new.items() if old.get(key) != value}:
            tag(kept, come)

    return change


def pairs(tags: dict[str, str]) -> list[dict[str, str]]:
    """Return tags as most services take them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _pairs(tags: Any) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in tags or []}
