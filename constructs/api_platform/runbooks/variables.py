"""The shell variables of a page's commands, with the real names of what an alert is about."""

import re
from collections.abc import Iterable

from api_platform import names
from api_platform.observability.component import components
from api_platform.runbooks.occurrence import Occurrence

_VARIABLE = re.compile(r"\$([a-z_]+)")


def assignment(occurrence: Occurrence, commands: Iterable[str]) -> str:
    """Return the shell line that gives the commands' variables their values, those that the occurrence has."""
    used = {name for command in commands for name in _VARIABLE.findall(command)}
    return " ".join(f"{name}={value}" for name, value in _values(occurrence).items() if name in used)


def _values(occurrence: Occurrence) -> dict[str, str]:
    """Return variable -> value, without what a workload lacks: a port to call, a queue."""
    environment, workload, service = occurrence.environment, occurrence.workload, occurrence.service
    values = {
        "environment": environment.name,
        "namespace": names.namespace_name(environment),
        "region": environment.region,
    }
    if service:
        # An alert of a whole service has no workload: its first one stands for it.
        values |= {"service": service.name, "workload": workload.name if workload else service.workloads[0].name}
    if occurrence.component:
        values |= {"component": occurrence.component, "component_namespace": _namespace(occurrence)}
    if workload and workload.exposure:
        values["port"] = str(workload.port)
    if workload and workload.consumer:
        values["queue"] = names.queue_url(environment, workload.name)
        values["dead_letters"] = names.dead_letter_queue_url(environment, workload.name)
        values["dead_letters_arn"] = names.dead_letter_queue_arn(environment, workload.name)
    return values


def _namespace(occurrence: Occurrence) -> str:
    """Return where the component runs."""
    return next(one.namespace for one in components(occurrence.environment) if one.name == occurrence.component)
