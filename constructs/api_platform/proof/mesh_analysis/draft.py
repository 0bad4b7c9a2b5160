"""Objects that may be changed, to see who notices.

An object goes by `Kind name` or `Kind namespace/name`; a field by the keys that lead to it, with spaces between, since
labels hold dots and slashes: `spec http 0 timeout`. Entries of lists are counted from 0.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import Any, TypeAlias

from api_platform.rules.finding import Manifest
from api_platform.rules.values import text
from eks_twin.errors import TwinError


class Draft:
    """A copy of rendered objects. What they were made from stays as it is."""

    def __init__(self, objects: Iterable[Manifest]) -> None:
        self._originals = tuple(objects)
        self.objects: list[dict[str, Any]] = [deepcopy(dict(one)) for one in self._originals]

    def find(self, called: str) -> dict[str, Any]:
        """Return the one object that is called so, to be changed. Raises TwinError for none or several."""
        found = [one for one in self.objects if called in _names(one)]
        if len(found) != 1:
            raise TwinError(f"{called} is to be changed, and {len(found)} objects are called so. Correct the change.")
        return found[0]

    @property
    def changed(self) -> Sequence[Manifest]:
        """The objects that are not as they were, and new ones. Raises TwinError without any: nothing is tried so."""
        changed = [one for one in self.objects if one not in self._originals]
        if not changed:
            raise TwinError("a change leaves every object as it is. Correct the change.")
        return changed


Edit: TypeAlias = Callable[[Draft], None]
"""One change of a draft. Raises TwinError where the draft holds no such object or field."""


def put(called: str, field: str, value: object) -> Edit:
    """Return the edit that sets a field; maps on the way to it are made where they are missing."""

    def edit(draft: Draft) -> None:
        place, last = _place(draft, called, field, make=True)
        place[last] = deepcopy(value)

    return edit


def remove(called: str, field: str) -> Edit:
    """Return the edit that takes away a field, or an entry of a list."""

    def edit(draft: Draft) -> None:
        place, last = _place(draft, called, field, make=False)
        del place[last]

    return edit


def copy(called: str, new_name: str) -> Edit:
    """Return the edit that adds the same object once more, under another name."""

    def edit(draft: Draft) -> None:
        again = deepcopy(draft.find(called))
        again["metadata"]["name"] = new_name
        draft.objects.append(again)

    return edit


def _names(one: Manifest) -> tuple[str, str]:
    kind, name, namespace = one["kind"], text(one, "metadata", "name"), text(one, "metadata", "namespace")
    return f"{kind} {name}", f"{kind} {namespace}/{name}"


def _place(draft: Draft, called: str, field: str, *, make: bool) -> tuple[Any, Any]:
    """Return the map or list that holds the field, and the key or index under which it does."""
    *parents, last = field.split()
    place: Any = draft.find(called)
    try:
        for key in parents:
            if make and isinstance(place, dict):
                place.setdefault(key, {})
            place = place[_key(place, key)]
        key_or_index = _key(place, last)
        if not make or not isinstance(place, dict):
            place[key_or_index]
    except (KeyError, IndexError, TypeError, ValueError):
        raise TwinError(f"{called} has no field `{field}`. Correct the change.") from None
    return place, key_or_index


def _key(place: object, key: str) -> str | int:
    return int(key) if isinstance(place, list) else key
