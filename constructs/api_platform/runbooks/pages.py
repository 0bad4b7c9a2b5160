"""The folder of runbooks: a page for each alert, and an index."""

from collections.abc import Mapping, Sequence

from api_platform.errors import InputError
from api_platform.manifests.rendering import Rendering
from api_platform.observability.alert import kebab_case
from api_platform.runbooks.occurrence import Occurrence, occurrences
from api_platform.runbooks.page import page
from api_platform.runbooks.runbook import Runbook
from api_platform.runbooks.texts import (
    autoscaler_at_maximum,
    budget_blocks_drain,
    caller_turned_away,
    certificate_expires_soon,
    certificate_not_ready,
    component_unavailable,
    component_unseen,
    configuration_rejected,
    container_restarts,
    dead_letters,
    error_budget_burns,
    gateway_finds_no_route,
    latency_above_objective,
    message_waits_too_long,
    no_replica_available,
    scaler_fails,
    secret_not_synced,
)
from api_platform.runbooks.texts.business_metric import business_runbook

MARK = "<!-- Written by `api-platform runbooks`: do not edit. -->"
"""The first line of each page, by which its folder is known as ours to replace."""
INDEX = "README.md"
RUNBOOKS: Mapping[str, Runbook] = {
    one.alert: one
    for one in (
        component_unavailable.RUNBOOK,
        gateway_finds_no_route.RUNBOOK,
        certificate_not_ready.RUNBOOK,
        *error_budget_burns.RUNBOOKS,
        caller_turned_away.RUNBOOK,
        no_replica_available.RUNBOOK,
        latency_above_objective.RUNBOOK,
        container_restarts.RUNBOOK,
        autoscaler_at_maximum.RUNBOOK,
        budget_blocks_drain.RUNBOOK,
        certificate_expires_soon.RUNBOOK,
        configuration_rejected.RUNBOOK,
        component_unseen.RUNBOOK,
        scaler_fails.RUNBOOK,
        secret_not_synced.RUNBOOK,
        message_waits_too_long.RUNBOOK,
        dead_letters.RUNBOOK,
    )
}
"""Alert -> its runbook, the most urgent first. Those of business metrics are made from the metric."""

_ABOUT = """\
# Runbooks

One page for each alert and each alarm. An alert's `runbook_url`, and the last words of an alarm's mail, are
`<runbooks_url>/<page>`; `runbooks_url` stands in the environment file. Let it point to where this folder is served,
pages without their ending: MkDocs and GitHub Pages do so by themselves.

Figures and names on the pages are those of the specs. `api-platform runbooks` writes them again, and a test fails until
it has; `api-platform runbooks --out DIR -e staging` writes those of one environment.
"""


def pages(renderings: Sequence[Rendering]) -> dict[str, str]:
    """Return file name -> Markdown. Raises InputError where an alert has no runbook."""
    alerts = _by_name([one for rendering in renderings for one in occurrences(rendering)])
    books = {name: RUNBOOKS.get(name) or business_runbook(those[0]) for name, those in alerts.items()}
    files = {f"{kebab_case(name)}.md": page(books[name], those) for name, those in alerts.items()}
    return {name: f"{MARK}\n{text}" for name, text in {INDEX: _index(books, alerts), **files}.items()}


def _by_name(found: Sequence[Occurrence]) -> dict[str, list[Occurrence]]:
    """Return name -> where it may fire: in the order of RUNBOOKS, those of the business last."""
    alerts: dict[str, list[Occurrence]] = {name: [] for name in RUNBOOKS}
    for one in found:
        alerts.setdefault(one.name, []).append(one)
    for name, those in alerts.items():
        business = [one for one in those if one.service and not one.workload]
        if business and len(business) < len(those):
            whose = "a workload's" if any(one.workload for one in those) else "the platform's"
            raise InputError(
                f"alert {name} is both {whose} and a business metric's, so that one page would be about two things. "
                "Rename the metric."
            )
    return {name: those for name, those in alerts.items() if those}


def _index(books: Mapping[str, Runbook], alerts: Mapping[str, Sequence[Occurrence]]) -> str:
    rows = [
        f"| [{name}]({kebab_case(name)}.md) | {those[0].source} | {_severities(those)} | {books[name].says} |"
        for name, those in alerts.items()
    ]
    return "\n".join([_ABOUT, "| page | from | severity | what it says |", "|---|---|---|---|", *rows, ""])


def _severities(those: Sequence[Occurrence]) -> str:
    return ", ".join(sorted({one.severity for one in those}))
