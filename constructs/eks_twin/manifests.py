"""Reads values out of Kubernetes objects, and takes what is missing for empty.

Objects come from any app, and from a cluster that changes: no reader here raises on an object's shape.
"""

from collections.abc import Mapping
from typing import Any

Manifest = Mapping[str, Any]
"""One Kubernetes object."""

NAME_LABEL = "app.kubernetes.io/name"
"""The label by which Kubernetes recommends to name what a pod belongs to."""


def table(value: object, *path: str) -> Mapping[str, Any]:
    """Return the mapping at the path; an empty one where there is none."""
    found = _at(value, path)
    return found if isinstance(found, Mapping) else {}


def rows(value: object, *path: str) -> list[Mapping[str, Any]]:
    """Return the mappings in the list at the path; none where there is no list."""
    found = _at(value, path)
    return [row for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def words(value: object, *path: str) -> list[str]:
    """Return the strings in the list at the path; none where there is no list."""
    found = _at(value, path)
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def text(value: object, *path: str) -> str:
    """Return the string at the path; an empty one where there is none."""
    found = _at(value, path)
    return found if isinstance(found, str) else ""


def _at(value: object, path: tuple[str, ...]) -> object:
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value
