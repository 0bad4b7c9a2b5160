"""Every role and every queue of the environment has a name of its own."""

from collections import Counter
from collections.abc import Sequence

from api_platform import names
from api_platform.access import operator_roles, workload_role
from api_platform.environment import Environment
from api_platform.rules.finding import Finding, rule_name
from api_platform.rules.objects import Objects
from api_platform.service import Service, Workload

RULE = rule_name(__name__)


def aws_names_are_unique(environment: Environment, services: Sequence[Service], _objects: Objects) -> list[Finding]:
    """Refuse a workload whose role or queue would be named like an operator's role or another's dead-letter queue.

    No Kubernetes object shows it. CloudFormation finds out in the middle of a deployment, since the names are literals.
    """
    owned = [
        (workload.name, aws_name)
        for service in services
        for workload in service.workloads
        for aws_name in (*_role(environment, workload), *_queues(environment, workload))
    ]
    operators = (f"role {names.role_name(environment, role.subject)}" for role in operator_roles(environment, services))
    times = Counter((*(aws_name for _, aws_name in owned), *operators))
    return [
        Finding(
            RULE,
            workload,
            f"{aws_name} is made {times[aws_name]} times",
            "No two roles and no two queues of an environment have one name; operators' roles and dead-letter queues "
            "count.",
            "Rename the workload.",
        )
        for workload, aws_name in owned
        if times[aws_name] > 1
    ]


def _role(environment: Environment, workload: Workload) -> tuple[str, ...]:
    role = workload_role(environment, workload)
    return (f"role {names.role_name(environment, role.subject)}",) if role else ()


def _queues(environment: Environment, workload: Workload) -> tuple[str, ...]:
    if workload.consumer is None:
        return ()
    both = (names.queue_name, names.dead_letter_queue_name)
    return tuple(f"queue {queue_name(environment, workload.name)}" for queue_name in both)
