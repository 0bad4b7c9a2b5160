"""Every acknowledgement in a spec is of a finding that there is."""

from collections.abc import Collection, Iterable, Sequence

from api_platform.errors import nearest
from api_platform.rules.finding import Finding, rule_name
from api_platform.service import Service

RULE = rule_name(__name__)


def acknowledgements_are_used(
    services: Sequence[Service], findings: Iterable[Finding], rules: Collection[str]
) -> list[Finding]:
    """Refuse an acknowledgement of no rule, and one that has outlived its finding.

    The next finding of that rule would pass unseen, under a reason that was given for another. This is no `Rule` like
    the others: it judges what they found, and cannot be acknowledged itself.
    """
    found = {(finding.rule, finding.subject) for finding in findings}
    return [
        Finding(
            RULE,
            workload.name,
            f"acknowledges {rule!r}, {'which finds nothing here' if rule in rules else 'which is no rule'}",
            "An acknowledgement accepts a finding of this workload, in this environment.",
            f"Remove it from acknowledged=. {'' if rule in rules else nearest(rule, sorted(rules))}".rstrip(),
        )
        for service in services
        for workload in service.workloads
        for rule in workload.acknowledged
        if (rule, workload.name) not in found
    ]
