"""Shows people what the rules found, and stops a run that nobody has accepted."""

import sys
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api_platform.rules.finding import Finding
from api_platform.rules.report import Report


class FindingsError(Exception):
    """Rules have findings that no spec acknowledges. They are in `reports`, by environment."""

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self.reports = reports
        count = sum(len(report.unacknowledged) for report in reports.values())
        super().__init__(
            f"{count} {'finding' if count == 1 else 'findings'} that no spec acknowledges. Mend them, or add "
            "acknowledged={rule: reason} to the workload."
        )


def require_clean(reports: Mapping[str, Report]) -> None:
    """Raise FindingsError if any environment has a finding that its specs do not acknowledge."""
    if any(report.unacknowledged for report in reports.values()):
        raise FindingsError(reports)


def print_reports(reports: Mapping[str, Report]) -> None:
    """Print every finding, accepted ones too, in one table on stderr; nothing where there is none."""
    rows = [row for environment, report in reports.items() for row in _rows(environment, report)]
    if not rows:
        return
    table = Table("where", "what", title="Findings of the rules", title_justify="left", show_lines=True)
    table.columns[0].no_wrap = True
    for where, what in rows:
        table.add_row(where, what)
    # The CDK tells its app to use colours, also where its own output goes into a file.
    Console(file=sys.stderr, force_terminal=sys.stderr.isatty()).print(table)


def _rows(environment: str, report: Report) -> list[tuple[Text, Text]]:
    refused = [
        (_where(environment, finding), Text(f"{finding.value}\n{finding.demand}\nWay out: {finding.remedy}"))
        for finding in report.unacknowledged
    ]
    accepted = [
        (_where(environment, one.finding), Text(f"{one.finding.value}\nAcknowledged: {one.reason}", style="dim"))
        for one in report.acknowledged
    ]
    return refused + accepted


def _where(environment: str, finding: Finding) -> Text:
    return Text(f"{environment}\n{finding.subject}\n{finding.rule}")
