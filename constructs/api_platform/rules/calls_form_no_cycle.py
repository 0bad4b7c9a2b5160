"""Calls between workloads do not come back to where they began."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from api_platform.call_graph import Call, CallGraph
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.service import Service

RULE = rule_name(__name__)


def calls_form_no_cycle(_environment: Environment, services: Sequence[Service], _objects: Objects) -> list[Finding]:
    """Refuse a cycle of calls: in an outage each waits for the other, and none can be deployed or started first.

    The subject, whose spec can acknowledge it, is the cycle's first workload by the alphabet.
    """
    calls = (
        Call(workload.name, callee, 0)
        for service in services
        for workload in service.workloads
        for callee in workload.calls
    )
    return [
        Finding(
            RULE,
            cycle[0],
            " -> ".join((*cycle, cycle[0])),
            "Calls form no cycle: its members fail together and cannot be started one after another.",
            "Replace one of the calls by a message (uses=QueueSender), or merge the workloads.",
        )
        for cycle in _cycles(CallGraph(tuple(sorted(set(calls)))))
    ]


def _cycles(graph: CallGraph) -> Iterator[tuple[str, ...]]:
    """Yield cycles, each from its alphabetically first member, until none is left but through calls already named."""
    while found := graph.cycle():
        members = found[-1:0:-1]  # the sorter names callees first
        first = members.index(min(members))
        cycle = members[first:] + members[:first]
        yield cycle
        closing = set(pairwise((*cycle, cycle[0])))
        graph = CallGraph(tuple(call for call in graph.calls if (call.caller, call.callee) not in closing))
