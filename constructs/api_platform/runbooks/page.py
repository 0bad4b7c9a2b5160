"""One page, as Markdown: the alert in words and figures, the looks, the ways out."""

from collections.abc import Iterator, Sequence

from api_platform.runbooks.occurrence import Occurrence
from api_platform.runbooks.runbook import Look, Runbook, WayOut
from api_platform.runbooks.variables import assignment

DOCTOR = "api-platform doctor $service -e $environment"
"""Looks at all of it: the first command of every page about a service."""
DOCTOR_OF_ALL = "api-platform doctor -e $environment"
"""The same where the ground is at fault, which all services stand on."""


def page(runbook: Runbook, alerts: Sequence[Occurrence]) -> str:
    """Return the page of the alert, for all places where it may fire."""
    example = alerts[-1]
    looks = [look for look in runbook.looks if _concerns_somebody(look, alerts)]
    doctor = DOCTOR if example.service else DOCTOR_OF_ALL
    commands = [doctor, *(look.command for look in looks)]
    commands += [command for way in runbook.ways_out for command in way.commands]
    lines = [
        f"# {runbook.alert}",
        "",
        f"**What it says.** {runbook.says} It fires after {_minutes(alerts)} minutes. {_why(alerts)}".rstrip(),
        "",
        *_table(runbook, alerts),
        "",
        f"Of {example.subject} in {example.environment.name}, as {example.source} takes it:",
        "",
        *_block("promql" if example.source == "Prometheus" else "text", example.expression),
        "",
        f"**What users notice.** {runbook.noticed}",
        "",
        "## Look",
        "",
        f"The {_labels(example)} say which it is about. Copy its line:",
        "",
        *_assignments(alerts, commands),
        "All of it at once:",
        "",
        *_block("sh", doctor),
        "",
        "One by one:",
        *(line for look in looks for line in _look(look)),
        "",
        "## Way out",
        "",
        *(line for way in runbook.ways_out for line in _way_out(way)),
    ]
    return "\n".join(lines) + "\n"


def _concerns_somebody(look: Look, alerts: Sequence[Occurrence]) -> bool:
    """Return whether a look at workers' things has any worker to look at."""
    return not look.only or any(one.workload and one.workload.consumer for one in alerts)


def _why(alerts: Sequence[Occurrence]) -> str:
    """Return the alerts' own reason, where it is the same for all."""
    (first, *others) = {one.description for one in alerts}
    return "" if others else first


def _minutes(alerts: Sequence[Occurrence]) -> str:
    return " or ".join(str(minutes) for minutes in sorted({one.minutes for one in alerts}))


def _labels(example: Occurrence) -> str:
    return "alert's labels" if example.source == "Prometheus" else "alarm's name and text"


def _table(runbook: Runbook, alerts: Sequence[Occurrence]) -> Iterator[str]:
    """Give a row for each workload, and in it the figure in each environment; a dash where it cannot fire."""
    environments = list(dict.fromkeys(one.environment.name for one in alerts))
    yield (
        f"| service | {'workload' if alerts[0].service else 'component'} | severity | "
        + " | ".join(f"{runbook.limit.title}, {environment}" for environment in environments)
        + " |"
    )
    yield "|---" * (3 + len(environments)) + "|"
    for place in dict.fromkeys((one.owner, one.part) for one in alerts):
        those = {one.environment.name: one for one in alerts if (one.owner, one.part) == place}
        first = next(iter(those.values()))
        figures = [runbook.limit.figure(those[name]) if name in those else "-" for name in environments]
        yield f"| {' | '.join([*place, first.severity, *figures])} |"


def _assignments(alerts: Sequence[Occurrence], commands: Sequence[str]) -> Iterator[str]:
    """Give a line of variables for each place: the last environment's open, the others' folded away."""
    last = alerts[-1].environment.name
    others = [one for one in alerts if one.environment.name != last]
    yield from _block("sh", *(assignment(one, commands) for one in alerts if one.environment.name == last))
    yield ""
    if others:
        where = " and ".join(dict.fromkeys(one.environment.name for one in others))
        yield from (f"<details><summary>In {where}</summary>", "")
        yield from _block("sh", *(assignment(one, commands) for one in others))
        yield from ("", "</details>", "")


def _look(look: Look) -> Iterator[str]:
    yield ""
    if look.only:
        yield from (f"{look.only}:", "")
    yield from _block("sh", look.command)
    yield ""
    yield from (f"- {answer}: {meaning}" for answer, meaning in look.answers.items())


def _way_out(way: WayOut) -> Iterator[str]:
    yield f"- **If {way.cause}:** {way.remedy}"
    if way.commands:
        yield from ("", *(f"  {line}" for line in _block("sh", *way.commands)), "")


def _block(language: str, *lines: str) -> Iterator[str]:
    yield from (f"```{language}", *lines, "```")
