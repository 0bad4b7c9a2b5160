"""What the page shows of admission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api_platform.proof.admission.bad_pod import PodTrial
from api_platform.rules.finding import Manifest
from eks_twin.objects.api import Answer
from eks_twin.objects.inventory import Key, key_of
from eks_twin.proof.quantities import exactly
from eks_twin.proof.result import Cell, Figure, Row, Table, Verdict

_SHOWN = 260
"""Letters of a message: some list everything that would have been right."""
_BEGINNING = 80
"""Of them, those that say which object and field it is about."""


@dataclass(frozen=True)
class Tried:
    """What the API server says of an environment's objects, one after the other, and of their Deployments' pods."""

    objects: Sequence[tuple[Manifest, Answer]]
    pods: Sequence[tuple[Manifest, Answer]]

    @property
    def all(self) -> Sequence[tuple[Manifest, Answer]]:
        """Objects and pods."""
        return [*self.objects, *self.pods]


@dataclass(frozen=True)
class PodTrials:
    """What it says of bad pods."""

    insecure: Sequence[PodTrial]
    """Those that `restricted` forbids."""
    unaffordable: Sequence[PodTrial]
    """Those that our limits and our quota forbid."""
    control: Answer
    """Of the pod that they were made from, as it is."""


def figures(tried: Mapping[str, Tried], trials: PodTrials, left: Sequence[Key]) -> Sequence[Figure]:
    """Return the counts. `left`: objects that the trials left behind."""
    objects = [answer for one in tried.values() for _, answer in one.objects]
    pods = [answer for one in tried.values() for _, answer in one.pods]
    return [
        _all("Objects accepted, all environments", [answer.accepted for answer in objects], key=True),
        _all("Pods of their Deployments accepted", [answer.accepted for answer in pods]),
        Figure("Warnings about them", sum(len(answer.warnings) for answer in [*objects, *pods]), limit=exactly(0)),
        _all("Insecure pods refused", [trial.refused for trial in trials.insecure], key=True),
        _all("Pods beyond our limits and quota refused", [trial.refused for trial in trials.unaffordable]),
        _all("The same pod as it is, accepted", [trials.control.accepted]),
        Figure("Objects that the trials left behind", len(left), limit=exactly(0)),
    ]


def environments(tried: Mapping[str, Tried]) -> Table:
    """Return what is accepted of each environment."""
    return Table(
        title="Every object of every environment",
        columns=("environment", "objects", "accepted", "pods of Deployments", "accepted", "warnings"),
        rows=[
            (
                name,
                len(one.objects),
                _count([answer for _, answer in one.objects]),
                len(one.pods),
                _count([answer for _, answer in one.pods]),
                sum(len(answer.warnings) for _, answer in one.all),
            )
            for name, one in tried.items()
        ],
        note="Asked as kubectl apply --server-side --dry-run=server --validate=strict asks. A Deployment is accepted "
        "whatever its pods are, so a pod of each is tried as well.",
    )


def complaints(tried: Mapping[str, Tried]) -> Sequence[Table]:
    """Return a table of what was refused or warned of; none where nothing was."""
    rows: list[Row] = [
        (name, str(key_of(manifest)), Cell(words, Verdict.FAILED, code=True))
        for name, one in tried.items()
        for manifest, answer in one.all
        for words in [*answer.warnings, *([answer.message] if not answer.accepted else [])]
    ]
    return [Table(title="Complaints", columns=("environment", "object", "words"), rows=rows)] if rows else []


def pods(trials: PodTrials) -> Table:
    """Return the pods that must not come in, and with which words they were refused."""
    return Table(
        title="Pods that must not come in",
        columns=("a pod", "refused with"),
        rows=[(trial.pod.what, _words(trial)) for trial in (*trials.insecure, *trials.unaffordable)],
        note="Each is api-service's own pod with that changed; as it is, the pod is accepted.",
    )


def _all(label: str, outcomes: Sequence[bool], *, key: bool = False) -> Figure:
    return Figure(label, sum(outcomes), limit=exactly(len(outcomes)), of=len(outcomes), key=key)


def _count(answers: Sequence[Answer]) -> Cell:
    count = sum(answer.accepted for answer in answers)
    return Cell(count, Verdict.HELD if count == len(answers) else Verdict.FAILED)


def _words(trial: PodTrial) -> Cell:
    verdict = Verdict.HELD if trial.refused else Verdict.FAILED
    if trial.answer.accepted:
        return Cell("accepted", verdict)
    return Cell(excerpt(trial.answer.message, trial.pod.refusal), verdict, code=True)


def excerpt(message: str, telling: str) -> str:
    """Return a message as it is, or its beginning and the telling part where it is long."""
    # What follows says only that there may be more to say.
    words = message.replace("\n", " ").split(", <nil>: Invalid value: null")[0]
    if len(words) <= _SHOWN:
        return words
    place = max(_BEGINNING, words.find(telling))
    gap = " ..." if place > _BEGINNING else ""
    end = place + _SHOWN - _BEGINNING
    return f"{words[:_BEGINNING]}{gap}{words[place:end]}{'...' if end < len(words) else ''}"
