"""Compares an object as we wrote it with the live one: equal, but for what the API server fills in.

What it fills in is not guessed: it says so itself, when it is asked to create the same object again as a trial. Beyond
that, controllers write a few fields of their own, which stand in a table here. Anything else is a difference.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from lightkube.utils.quantity import parse_quantity

from eks_twin.manifests import Manifest

Path = tuple[str, ...]
"""Keys from the root of an object; entries of lists by their place."""

_SERVER_SIDE: Final[Set[Path]] = {
    ("status",),
    *(
        ("metadata", key)
        for key in ("creationTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid")
    ),
}
"""What tells of one stored object, not of what it is."""

_QUANTITIES: Final = frozenset({"default", "defaultRequest", "hard", "limits", "max", "min", "requests"})
"""Keys of maps of quantities. Beside them, `sizeLimit` is one."""


EVERY: Final = "*"
"""Stands for every kind."""


@dataclass(frozen=True)
class Author:
    """Something in the cluster that writes a field into our objects."""

    kind: str
    path: Path
    who: str


AUTHORS: Final[Sequence[Author]] = (
    Author(EVERY, ("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"), "kubectl apply"),
    Author("Namespace", ("metadata", "labels", "kubernetes.io/metadata.name"), "the API server: its name"),
    Author("Service", ("spec", "clusterIP"), "the API server: a free address"),
    Author("Service", ("spec", "clusterIPs"), "the API server: a free address"),
    Author("Deployment", ("metadata", "annotations", "deployment.kubernetes.io/revision"), "the Deployment controller"),
    Author("Deployment", ("spec", "replicas"), "the autoscaler"),
    Author("ScaledObject", ("metadata", "finalizers"), "KEDA"),
    Author("ScaledObject", ("metadata", "labels", "scaledobject.keda.sh/name"), "KEDA"),
    Author("ScaledObject", ("spec", "advanced", "scalingModifiers"), "KEDA: empty, when it writes the object back"),
    Author("TriggerAuthentication", ("metadata", "finalizers"), "KEDA"),
)


@dataclass(frozen=True)
class Difference:
    """A field that is not as it should be."""

    path: Path
    wanted: object
    """None where it should not be there."""
    live: object
    """None where it is not there."""

    def __str__(self) -> str:
        wanted, live = ("nothing" if value is None else repr(value) for value in (self.wanted, self.live))
        return f"{'.'.join(self.path)}: wanted {wanted}, is {live}"


@dataclass(frozen=True)
class Comparison:
    """What came of comparing one object."""

    fields: int
    """Values that we wrote, and that are there."""
    defaulted: int
    """Values that the API server filled in, as it does for a new object."""
    by_others: Sequence[Author]
    """Whose fields are there, beside ours."""
    differences: Sequence[Difference]


def compare(ours: Manifest, live: Mapping[str, Any], created: Mapping[str, Any], *, custom: bool) -> Comparison:
    """Compare our object with the live one. `created`: what the API server would make of ours if it were new.

    `custom`: whether its kind comes from a definition. The API server keeps such an object as it was written; from its
    own kinds it drops false, zero and empty values where they mean the same as none.
    """
    wanted, found, fresh = (dict(_values(one)) for one in (ours, live, created))
    broken = [
        Difference(path, value, found.get(path))
        for path, value in wanted.items()
        if not (_equal(path, value, found[path]) if path in found else _means_none(value) and not custom)
    ]
    added = {path: value for path, value in found.items() if path not in wanted}
    authored = {path: author for path in added if (author := _author(ours["kind"], path))}
    defaulted = [path for path, value in added.items() if path not in authored and fresh.get(path) == value]
    unknown = added.keys() - authored.keys() - set(defaulted)
    # A default that was changed back to nothing would show nowhere else.
    lost = [path for path in fresh.keys() - found.keys() - wanted.keys() if not _author(ours["kind"], path)]
    return Comparison(
        fields=len(wanted) - len(broken),
        defaulted=len(defaulted),
        by_others=tuple(dict.fromkeys(authored.values())),
        differences=[
            *broken,
            *(Difference(path, fresh.get(path), found[path]) for path in sorted(unknown)),
            *(Difference(path, fresh[path], None) for path in sorted(lost)),
        ],
    )


def _values(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield every leaf, and every empty map and list, with its path."""
    if path in _SERVER_SIDE:
        return
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _values(inner, (*path, str(key)))
    elif isinstance(value, list) and value:
        for place, inner in enumerate(value):
            yield from _values(inner, (*path, str(place)))
    else:
        yield path, value


def _equal(path: Path, ours: object, live: object) -> bool:
    return ours == live or (_is_quantity(path) and _amount(ours) == _amount(live))


def _is_quantity(path: Path) -> bool:
    return path[-1] == "sizeLimit" or not _QUANTITIES.isdisjoint(path[:-1][-1:])


def _amount(value: object) -> object:
    """Return a quantity as a number; whatever is none, as it is."""
    try:
        return parse_quantity(str(value))
    except ValueError:
        return value


def _means_none(value: object) -> bool:
    return value in (False, 0, "", [], {})  # of the kinds that JSON has


def _author(kind: str, path: Path) -> Author | None:
    """Return who writes this field, beside us; None where nobody is known to."""
    found = (one for one in AUTHORS if one.kind in {EVERY, kind} and path[: len(one.path)] == one.path)
    return next(found, None)
