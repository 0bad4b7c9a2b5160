"""Runs all checks over one observation, and leaves out what only follows from something else that was found."""

from collections.abc import Callable, Mapping

from api_platform.doctor.checks.autoscalers_have_metrics import autoscalers_have_metrics
from api_platform.doctor.checks.autoscalers_have_room import autoscalers_have_room
from api_platform.doctor.checks.budgets_let_nodes_drain import budgets_let_nodes_drain
from api_platform.doctor.checks.certificates_are_ready import certificates_are_ready
from api_platform.doctor.checks.containers_are_created import containers_are_created
from api_platform.doctor.checks.containers_keep_running import containers_keep_running
from api_platform.doctor.checks.dead_letter_queues_are_empty import dead_letter_queues_are_empty
from api_platform.doctor.checks.declared_calls_are_admitted import declared_calls_are_admitted
from api_platform.doctor.checks.images_are_pulled import images_are_pulled
from api_platform.doctor.checks.pods_are_created import pods_are_created
from api_platform.doctor.checks.pods_are_scheduled import pods_are_scheduled
from api_platform.doctor.checks.pods_become_ready import pods_become_ready
from api_platform.doctor.checks.queue_scalers_work import queue_scalers_work
from api_platform.doctor.checks.queues_are_consumed import queues_are_consumed
from api_platform.doctor.checks.queues_exist import queues_exist
from api_platform.doctor.checks.rollouts_end import rollouts_end
from api_platform.doctor.checks.stacks_are_complete import stacks_are_complete
from api_platform.doctor.checks.workloads_are_deployed import workloads_are_deployed
from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.doctor.observation import Observation

HealthCheck = Callable[[Observation], list[Diagnosis]]

CHECKS: Mapping[str, HealthCheck] = {
    check_name(check.__module__): check
    for check in (
        stacks_are_complete,
        workloads_are_deployed,
        pods_are_created,
        pods_are_scheduled,
        images_are_pulled,
        containers_are_created,
        containers_keep_running,
        pods_become_ready,
        rollouts_end,
        queues_exist,
        queues_are_consumed,
        queue_scalers_work,
        autoscalers_have_metrics,
        autoscalers_have_room,
        budgets_let_nodes_drain,
        dead_letter_queues_are_empty,
        certificates_are_ready,
        declared_calls_are_admitted,
    )
}
"""Name -> check, causes before what follows from them."""

_PODS = frozenset(
    {
        "containers-are-created",
        "containers-keep-running",
        "images-are-pulled",
        "pods-are-created",
        "pods-are-scheduled",
        "pods-become-ready",
        "workloads-are-deployed",
    }
)
EXPLAINED_BY: Mapping[str, frozenset[str]] = {
    "rollouts-end": _PODS,
    "queues-are-consumed": _PODS,
    "queue-scalers-work": frozenset({"queues-exist"}),
    "autoscalers-have-metrics": _PODS | {"queues-exist", "queue-scalers-work"},
    "autoscalers-have-room": frozenset({"containers-keep-running", "pods-are-created", "pods-are-scheduled"}),
}
"""Check -> those whose diagnosis of the same subject says all that it could say: a reader looks for one cause."""


def diagnose(seen: Observation) -> list[Diagnosis]:
    """Return what is wrong, causes first, without what follows from them."""
    found = [diagnosis for check in CHECKS.values() for diagnosis in check(seen)]
    told = {(diagnosis.check, diagnosis.subject) for diagnosis in found}
    return [one for one in found if not any((cause, one.subject) in told for cause in EXPLAINED_BY.get(one.check, ()))]
