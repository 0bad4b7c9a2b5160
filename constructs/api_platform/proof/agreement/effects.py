"""What a deploy does, in terms that both its plan and its outcome can be put in."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum


class Fate(Enum):
    """What becomes of a Kubernetes object."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    REPLACED = "replaced"
    """Deleted, and created again under its name."""


@dataclass(frozen=True)
class Effects:
    """All that a deploy does, or would do."""

    objects: Mapping[str, Fate] = field(default_factory=dict)
    """By the object's kind and name, as messages have them."""
    restarts: Set[str] = frozenset()
    """Deployments whose pods give way to new ones."""
    resources: Set[str] = frozenset()
    """Resources of CloudFormation that it touches: path of the stack, and logical id."""
    failing: Set[str] = frozenset()
    """Those of them at which it fails."""


@dataclass(frozen=True)
class Disagreement:
    """One thing of which the plan and the outcome say differently."""

    subject: str
    said: str
    came: str


def disagreements(said: Effects, came: Effects) -> Iterator[Disagreement]:
    """Yield what did not come as it was said, and what came unsaid."""
    for subject in sorted({*said.objects, *came.objects}):
        one, other = said.objects.get(subject), came.objects.get(subject)
        if one is not other:
            yield Disagreement(subject, _named(one), _named(other))
    yield from _unlike("pods restart", said.restarts, came.restarts)
    yield from _unlike("touched", said.resources, came.resources)
    yield from _unlike("fails", said.failing, came.failing)


def _named(fate: Fate | None) -> str:
    return fate.value if fate else _NOTHING


def _unlike(what: str, said: Set[str], came: Set[str]) -> Iterator[Disagreement]:
    for subject in sorted(said ^ came):
        yield Disagreement(subject, *((what, _NOTHING) if subject in said else (_NOTHING, what)))


_NOTHING = "nothing"
