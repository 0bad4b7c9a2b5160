"""When which stack was deployed, and what became of each resource of a failed deployment."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from api_platform.proof.delivery.stack import StackEvent
from eks_twin.proof.plot import Phase, Timeline

_ENDS: Final = ("_COMPLETE", "_FAILED")
_PAUSE_SECONDS: Final = 60.0
"""Stacks that begin so long after all others were done belong to another deployment."""
_HASH: Final = re.compile("[0-9A-F]{8}$")


def deployment(histories: Mapping[str, Sequence[StackEvent]]) -> Timeline:
    """Return when each stack was first created. `histories`: stack -> its events, oldest first."""
    spans = [(name, span) for name, events in histories.items() if (span := _creation(events))]
    first = _first_deployment(sorted(spans, key=lambda one: one[1]))
    start = min(span[0] for _, span in first)
    return Timeline(
        title="The deployment, stack by stack",
        phases=[Phase(name, _seconds(start, begun), _seconds(start, done), "created") for name, (begun, done) in first],
        time="time since the first stack began",
        note="Bootstrap and synthesis are done by then. What is not ordered by a dependency goes side by side.",
    )


def failure(events: Sequence[StackEvent], broken: str) -> Timeline:
    """Return what became of the resources that the failed deployment touched. `broken`: the one that was refused."""
    start = events[0].at
    resources = [event for event in events if not event.is_the_stacks and event.kind.startswith("Custom::")]
    by_resource = sorted(resources, key=lambda event: event.resource)
    phases = [
        phase
        for resource, some in groupby(by_resource, key=lambda event: event.resource)
        for phase in _phases(resource, list(some), _undone_from(events), start, broken)
    ]
    return Timeline(
        title="The failed deployment, resource by resource",
        phases=sorted(phases, key=lambda phase: phase.start),
        time="time since the deployment began",
    )


def _creation(events: Iterable[StackEvent]) -> tuple[datetime, datetime] | None:
    own = [event for event in events if event.is_the_stacks]
    begun = next((event.at for event in own if event.status == "CREATE_IN_PROGRESS"), None)
    done = next((event.at for event in own if event.status == "CREATE_COMPLETE"), None)
    return (begun, done) if begun and done else None


def _first_deployment(
    spans: Sequence[tuple[str, tuple[datetime, datetime]]],
) -> Sequence[tuple[str, tuple[datetime, datetime]]]:
    """Return the spans before the first pause. Later ones are of stacks that were deleted, and created again."""
    kept = [spans[0]]
    for name, span in spans[1:]:
        if (span[0] - max(end for _, (_, end) in kept)).total_seconds() > _PAUSE_SECONDS:
            break
        kept.append((name, span))
    return kept


def _undone_from(events: Sequence[StackEvent]) -> datetime:
    """Return when the rollback began; the end where there was none."""
    return next((event.at for event in events if "ROLLBACK_IN_PROGRESS" in event.status), events[-1].at)


def _phases(
    resource: str, events: Sequence[StackEvent], undone_from: datetime, start: datetime, broken: str
) -> Iterable[Phase]:
    begun: datetime | None = None
    for event in events:
        if event.status.endswith("_IN_PROGRESS"):
            begun = event.at
        elif begun and event.status.endswith(_ENDS):
            kind = "rolled back" if begun >= undone_from else "changed"
            failed = event.status.endswith("_FAILED") and resource == broken
            row = _HASH.sub("", resource)
            yield Phase(row, _seconds(start, begun), _seconds(start, event.at), kind, failed)
            begun = None


def _seconds(start: datetime, moment: datetime) -> float:
    return (moment - start).total_seconds()
