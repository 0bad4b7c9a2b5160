"""Who may call whom, and on which port: the one source of all authorization, egress scope and network policy."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from api_platform.errors import InputError, nearest
from api_platform.names import GATEWAY
from api_platform.service import Service, Workload


@dataclass(frozen=True, order=True)
class Call:
    """One permitted call."""

    caller: str
    """A workload's name, or `gateway`."""
    callee: str
    """A workload's name."""
    port: int
    """The callee's container port."""


@dataclass(frozen=True)
class CallGraph:
    """All permitted calls of one environment."""

    calls: tuple[Call, ...]

    def callers_of(self, workload: str) -> tuple[str, ...]:
        """Return who may call the workload."""
        return tuple(call.caller for call in self.calls if call.callee == workload)

    def callees_of(self, workload: str) -> tuple[Call, ...]:
        """Return whom the workload may call."""
        return tuple(call for call in self.calls if call.caller == workload)

    def around(self, workloads: Collection[str]) -> "CallGraph":
        """Return the calls that any of the workloads makes or answers."""
        return CallGraph(tuple(call for call in self.calls if {call.caller, call.callee}.intersection(workloads)))

    def cycle(self) -> tuple[str, ...]:
        """Return the workloads of one cycle, each called by the next, the first again at the end; empty where none."""
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for call in self.calls:
            sorter.add(call.caller, call.callee)
        try:
            sorter.prepare()
        except CycleError as error:
            return tuple(error.args[1])
        return ()


def build_call_graph(services: Sequence[Service]) -> CallGraph:
    """Return the graph that the services declare by `calls=` and `exposure=`.

    Raises InputError when a workload calls one that does not exist or answers no calls.
    """
    workloads = {workload.name: workload for service in services for workload in service.workloads}
    calls = [
        Call(GATEWAY, workload.name, workload.port)
        for workload in workloads.values()
        if workload.exposure and workload.exposure.subdomain
    ]
    for workload in workloads.values():
        calls += [_call(workload, callee, workloads) for callee in workload.calls]
    return CallGraph(tuple(sorted(set(calls))))


def _call(caller: Workload, callee: str, workloads: dict[str, Workload]) -> Call:
    target = workloads.get(callee)
    if target is None:
        hint = nearest(callee, list(workloads))
        raise InputError(f"workload {caller.name!r}: calls: there is no workload {callee!r}. {hint}")
    if target.exposure is None:
        raise InputError(
            f"workload {caller.name!r}: calls: {callee!r} answers no calls. Give it an exposure, or send it a message "
            f"(uses=QueueSender(queue={callee!r}))."
        )
    return Call(caller.name, callee, target.port)
