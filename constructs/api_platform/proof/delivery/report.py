"""What the page shows of delivery."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from api_platform.proof.delivery.deletion import Deletion
from api_platform.proof.delivery.equality import Diff, Equality
from api_platform.proof.delivery.rollback import Rollback, explains
from api_platform.proof.resilience.lines import line
from eks_twin.measure.sampling import lowest
from eks_twin.objects.comparison import EVERY
from eks_twin.objects.inventory import Key
from eks_twin.proof.plot import LimitLine, LinePlot, PlotEvent
from eks_twin.proof.quantities import at_least, at_most, exactly
from eks_twin.proof.result import Cell, Figure, Row, Table, Verdict

_SHOWN_LINES = 12


@dataclass(frozen=True)
class Delivered:
    """All that the scenario measured."""

    first: Equality
    """Before anything was touched."""
    last: Equality
    """After everything."""
    diff: Diff
    deletion: Deletion
    rollback: Rollback


def figures(delivered: Delivered) -> Sequence[Figure]:
    """Return the figures, and what each must be."""
    return [*_equality(delivered), *_deletion(delivered.deletion), *_rollback(delivered.rollback)]


def _equality(delivered: Delivered) -> Sequence[Figure]:
    first, compared = delivered.first, delivered.first.found.values()
    return [
        Figure("Objects in the API server", len(first.found), limit=exactly(first.total), of=first.total),
        Figure("Values compared", sum(one.fields for one in compared)),
        Figure("Values that the API server filled in", sum(one.defaulted for one in compared)),
        Figure("Differences", len(first.differences), limit=exactly(0), key=True),
        Figure("Exit code of kubectl diff", delivered.diff.exit_code, limit=exactly(0)),
        Figure("Its exit code for one changed label", delivered.diff.control, limit=exactly(1)),
        Figure("Differences after all that follows", len(delivered.last.differences), limit=exactly(0)),
    ]


def _deletion(deletion: Deletion) -> Sequence[Figure]:
    going = deletion.rendered + deletion.dependents
    stray = set(deletion.roles_gone) ^ set(deletion.roles) | set(deletion.queues_gone)
    return [
        Figure("Objects that a deleted stack left behind", len(deletion.left), limit=exactly(0), of=going, key=True),
        Figure("Of them, held by a finalizer", deletion.held, of=going),
        Figure("Objects removed by mistake", len(deletion.by_mistake), limit=exactly(0), key=True),
        Figure("Roles and queues left behind, or removed by mistake", len(stray), limit=exactly(0)),
        Figure("Deletion, by CloudFormation", deletion.stack_seconds, "s"),
        Figure("Deletion, until the last object was gone", deletion.cluster_seconds, "s"),
        Figure("Deployed again, until all pods were Ready", deletion.ready_again_seconds, "s"),
    ]


def _rollback(rollback: Rollback) -> Sequence[Figure]:
    ready = rollback.recording.ready(rollback.workload)
    failed_until = rollback.moments[0][2]
    new = rollback.recording.count(rollback.is_new)
    return [
        Figure(
            "Fewest ready pods while it failed and was mended", lowest(ready), limit=at_least(rollback.wanted), key=True
        ),
        Figure("Pods of the failed change at a time", max(new.between(0, failed_until))),
        Figure("Objects lost or made anew by the rollback", len(rollback.replaced), limit=exactly(0)),
        Figure("Time in which a pod's change may have been missed", rollback.recording.blind, "s", limit=at_most(0)),
    ]


def steps(deletion: Deletion, rollback: Rollback) -> Table:
    """Return what was done to stacks, what must come of it, and what did."""
    service, workload = deletion.service, rollback.workload
    kept = rollback.image == rollback.old_image
    return Table(
        title="What was done to stacks",
        columns=("step", "must come of it", "came of it"),
        rows=[
            _step(
                f"Delete {service}'s stack as it is",
                "a refusal: production's stacks are protected",
                deletion.refusal,
                held="TerminationProtection" in deletion.refusal,
            ),
            _status("Remove its protection, delete it", "DELETE_COMPLETE", deletion.status),
            _step(
                "Deploy it again",
                "all pods Ready, protected again",
                f"Ready after {deletion.ready_again_seconds:.0f} s, "
                f"{'protected' if deletion.protected_again else 'unprotected'}",
                held=deletion.protected_again,
            ),
            _step(
                f"Deploy {workload} with another tag and an autoscaler that the API server refuses",
                "the CDK CLI fails, with the resource and the reason",
                _told(rollback.said, rollback.resource),
                held=explains(rollback.said, rollback.resource),
            ),
            _status("", "UPDATE_ROLLBACK_COMPLETE", rollback.status),
            _step(
                "",
                "the Deployment had been changed, and is as before",
                f"{'changed' if rollback.had_begun else 'not changed yet'}, then {rollback.image}",
                held=rollback.had_begun and kept,
            ),
            _step(
                "Deploy the same again",
                "the CDK CLI fails again",
                _told(rollback.said_again, rollback.resource),
                held=explains(rollback.said_again, rollback.resource),
            ),
            _status("Deploy it mended", "UPDATE_COMPLETE", rollback.next_status),
            _step(
                "", "by then, every pod is a new one", "yes" if rollback.rolled_out else "no", held=rollback.rolled_out
            ),
            _status("Deploy what was there", "UPDATE_COMPLETE", rollback.last_status),
        ],
    )


def authors(equality: Equality) -> Table:
    """Return which controllers wrote into our objects."""
    counts = Counter(author for one in equality.found.values() for author in one.by_others)
    return Table(
        title="What others wrote into our objects",
        columns=("kind", "field", "whose it is", "objects"),
        rows=[
            ("every" if one.kind == EVERY else one.kind, Cell(".".join(one.path), code=True), one.who, count)
            for one, count in counts.items()
        ],
        note="All else that an object has and we did not write is what the API server fills in: the very same stands "
        "in its answer when it is asked, as a trial, to create the object again.",
    )


def differences(delivered: Delivered) -> Sequence[Table]:
    """Return a table of what is not as it should be; none where all is."""
    deletion, found = delivered.deletion, delivered
    rows: list[Row] = [
        *_complaints("at first", found.first.differences),
        *_complaints("in the end", found.last.differences),
        *_complaints("left behind", [(key, "") for key in deletion.left]),
        *_complaints("removed by mistake", [(key, "") for key in deletion.by_mistake]),
        *_complaints("made anew or lost", [(key, "") for key in delivered.rollback.replaced]),
    ]
    return [Table(title="Differences", columns=("when", "object", "what"), rows=rows)] if rows else []


def pods(rollback: Rollback) -> LinePlot:
    """Return the ready pods while the faulty change and its successors were deployed."""
    recording, workload = rollback.recording, rollback.workload
    series = {
        "ready": recording.ready(workload),
        "of the old image": recording.count(lambda pod: rollback.is_old(pod) and pod.ready),
        "of the new image": recording.count(lambda pod: rollback.is_new(pod) and pod.ready),
    }
    return LinePlot(
        title=f"{workload} while a deployment fails, is mended and taken back",
        value="ready pods",
        series=[
            line(label, steps, recording.end, dashed=number > 0) for number, (label, steps) in enumerate(series.items())
        ],
        limits=[LimitLine("wanted", at_least(rollback.wanted))],
        events=[PlotEvent(start, what, until=end) for what, start, end in rollback.moments],
    )


def _complaints(when: str, found: Sequence[tuple[Key, str]]) -> Sequence[Row]:
    return [(when, str(key), Cell(what, Verdict.FAILED, code=True)) for key, what in found]


def _step(step: str, must: str, came: str, *, held: bool) -> Row:
    return (step, must, Cell(came or "nothing", Verdict.HELD if held else Verdict.FAILED))


def _status(step: str, must: str, came: str) -> Row:
    return (step, Cell(must, code=True), Cell(came, Verdict.HELD if came == must else Verdict.FAILED, code=True))


def _told(said: str, resource: str) -> str:
    """Return the line of what the CDK CLI said that names the resource; the last ones where none does."""
    if not said:
        return "the CDK CLI reports success"
    lines = [" ".join(one.split()) for one in said.splitlines()]
    telling = [one for one in lines if resource in one and "FAILED" in one]
    return next(iter(telling), "\n".join(lines[-_SHOWN_LINES:]))
