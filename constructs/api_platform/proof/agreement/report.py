"""What the page shows of plans and what came of them."""

from collections.abc import Sequence, Set

from api_platform.proof.agreement.comparison import ComparedChange
from eks_twin.proof.quantities import duration, exactly
from eks_twin.proof.result import Cell, Figure, Row, Table, Verdict


def figures(changes: Sequence[ComparedChange]) -> Sequence[Figure]:
    """Return the figures."""
    total, came = len(changes), [change.came for change in changes]
    agree, same = sum(change.agrees for change in changes), sum(not change.unlike for change in changes)
    return [
        Figure("Changes whose outcome is what the plan said", agree, limit=exactly(total), of=total, key=True),
        Figure("Plans that say the same against the assembly before", same, limit=exactly(total), of=total),
        Figure("Objects that came, changed or went", sum(len(one.objects) for one in came)),
        Figure("Rollouts", sum(len(one.restarts) for one in came)),
        Figure("CloudFormation resources touched", sum(len(one.resources) for one in came)),
        Figure("Deploys that failed", sum(not change.succeeded for change in changes)),
    ]


def tables(changes: Sequence[ComparedChange]) -> Sequence[Table]:
    """Return each change with what was said and what came; and all of which the two differ, where that is anything."""
    columns = (
        "change",
        "objects said",
        "came",
        "pods restart",
        "resources said",
        "came",
        "fails at",
        "",
        "plan",
        "deploy",
    )
    rows: list[Row] = [
        [
            change.name,
            *(len(change.said.objects), len(change.came.objects)),
            _names(change.came.restarts),
            *(len(change.said.resources), len(change.came.resources)),
            _names(change.came.failing),
            Cell("agrees", Verdict.HELD) if change.agrees else Cell("differs", Verdict.FAILED),
            *(duration(change.plan_seconds), duration(change.deploy_seconds)),
        ]
        for change in changes
    ]
    note = "Each on top of those before it. An object that the deploy leaves behind is neither said nor came."
    found = [Table(title="What the plan said and what came", columns=columns, rows=rows, note=note)]
    unlike: list[Row] = [
        *([change.name, one.subject, one.said, one.came] for change in changes for one in change.disagreements),
        *([change.name, f"the plan's {part}", "one thing", _OTHERWISE] for change in changes for part in change.unlike),
    ]
    if unlike:
        found.append(Table(title="Where they differ", columns=("change", "of", "said", "came"), rows=unlike))
    return found


_OTHERWISE = "another, against the assembly before"


def _names(subjects: Set[str]) -> str:
    return ", ".join(sorted(subject.rpartition("/")[2] for subject in subjects))
