"""What the analysis came to, as tables for the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api_platform.proof.mesh_analysis.acknowledgements import Judgement
from api_platform.proof.mesh_analysis.broken_configuration import Detection
from api_platform.proof.mesh_analysis.checks import Check
from api_platform.proof.mesh_analysis.message import Analysis
from eks_twin.proof.plot import Layer, StackedBars
from eks_twin.proof.quantities import exactly
from eks_twin.proof.result import Cell, Figure, Table, Verdict

Row = Sequence[Cell | float | str]


@dataclass(frozen=True)
class Examined:
    """What was found in one environment as it is."""

    objects: int
    analysis: Analysis
    refused: Sequence[str]
    """By `istioctl validate`."""


def figures(
    examined: Mapping[str, Examined], judgement: Judgement, detections: Sequence[Detection]
) -> Sequence[Figure]:
    """Return the figures; the first two are those for the table on top."""
    left = sum(map(len, judgement.unacknowledged.values()))
    caught = sum(one.caught is not None for one in detections)
    ran = min(len(one.analysis.executed) for one in examined.values())
    known = max(len(one.analysis.executed) + len(one.analysis.skipped) for one in examined.values())
    return [
        Figure("Messages that nobody acknowledged", left, "", exactly(0), key=True),
        Figure("Broken configurations caught", caught, "", exactly(len(detections)), key=True),
        Figure("Analyzers that ran", ran, "", exactly(known)),
        Figure("Objects analyzed", sum(one.objects for one in examined.values())),
    ]


def environment_table(examined: Mapping[str, Examined], judgement: Judgement) -> Table:
    """Return one row for each environment."""
    rows: list[Row] = []
    for environment, one in examined.items():
        levels = [message.level for message in one.analysis.messages]
        left = len(judgement.unacknowledged[environment])
        counts = [levels.count(level) for level in ("Error", "Warning", "Info")]
        rows.append(
            [environment, one.objects, len(one.analysis.executed), *counts, _good(left), _good(len(one.refused))]
        )
    return Table(
        title="The environments as they are",
        columns=(
            "Environment",
            "Objects",
            "Analyzers",
            "Errors",
            "Warnings",
            "Hints",
            "Unacknowledged",
            "Refused by istioctl validate",
        ),
        rows=rows,
    )


def complaint_tables(examined: Mapping[str, Examined], judgement: Judgement) -> Sequence[Table]:
    """Return what is wrong with the objects as they are, in one table; none where nothing is."""
    said: list[Row] = [
        [environment, message.code, message.subject, Cell(message.text, Verdict.FAILED, code=True)]
        for environment, messages in judgement.unacknowledged.items()
        for message in messages
    ]
    refused: list[Row] = [
        [environment, "refused", refusal.partition(":")[0], Cell(refusal, Verdict.FAILED, code=True)]
        for environment, one in examined.items()
        for refusal in one.refused
    ]
    if not said and not refused:
        return ()
    columns = ("Environment", "Code", "Object", "What istioctl says")
    return [Table(title="What is wrong with them", columns=columns, rows=[*said, *refused])]


def acknowledgement_table(judgement: Judgement) -> Table:
    """Return the messages that are accepted; one that no environment needs any more fails."""
    needed: list[Row] = [
        [Cell(one.code), one.subject, one.reason, Cell(", ".join(environments), Verdict.HELD)]
        for one, environments in judgement.acknowledged.items()
    ]
    stale: list[Row] = [
        [Cell(one.code), one.subject, one.reason, Cell("nowhere any more: remove it", Verdict.FAILED)]
        for one in judgement.stale
    ]
    return Table(title="Accepted messages", columns=("Code", "Object", "Why", "Said in"), rows=[*needed, *stale])


def detection_table(detections: Sequence[Detection]) -> Table:
    """Return one row for each broken configuration."""
    rows: list[Row] = []
    for one in detections:
        who = f"{one.broken.check} {one.broken.sign}"
        notice = one.caught
        verdict = Verdict.HELD if notice else Verdict.FAILED
        text = Cell(notice.text if notice else "It says nothing of it.", code=notice is not None)
        rows.append([one.kind, one.broken.what, Cell(who, verdict), "; ".join(one.also) or "nobody", text])
    return Table(
        title="Broken configurations",
        columns=("Changed", "How", "Caught by", "And by", "What it says"),
        rows=rows,
        note="Each is a change of production's own objects. Where istioctl finds nothing wrong, one of our rules must.",
    )


def detection_plot(detections: Sequence[Detection]) -> StackedBars:
    """Return how many configurations of each kind of object were noticed by whom."""
    kinds = sorted({one.kind for one in detections})
    groups = {"istioctl alone": (False, True), "both": (True, True), "our rules alone": (True, False)}
    return StackedBars(
        title="Who notices a broken configuration",
        value="cases",
        bars=kinds,
        layers=[
            Layer(label, [sum(one.kind == kind and _noticed(one) == who for one in detections) for kind in kinds])
            for label, who in groups.items()
        ],
        note="Our rules look before anything is deployed, istioctl at what is.",
    )


def analyzer_table(examined: Mapping[str, Examined]) -> Table:
    """Return the analyzers that ran in all environments, by what they look at."""
    ran = set.intersection(*(set(one.analysis.executed) for one in examined.values()))
    families: dict[str, list[str]] = {}
    for analyzer in sorted(ran):
        family, _, name = analyzer.partition(".")
        families.setdefault(family, []).append(name.rpartition(".")[2])
    rows: list[Row] = [[family, len(found), ", ".join(found)] for family, found in families.items()]
    return Table(title="Analyzers that ran", columns=("Family", "How many", "Which"), rows=rows)


def _good(count: int) -> Cell:
    return Cell(count, Verdict.FAILED if count else Verdict.HELD)


def _noticed(one: Detection) -> tuple[bool, bool]:
    """Return whether our rules did, and whether istioctl did."""
    return bool(one.said[Check.RULES]), bool(one.said[Check.WEBHOOK] or one.said[Check.ANALYSIS])
