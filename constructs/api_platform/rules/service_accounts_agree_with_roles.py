"""A pod, its ServiceAccount, its IAM role and that role's trust are of one mind."""

from collections import Counter
from collections.abc import Iterator, Sequence

from api_platform import names
from api_platform.access import Role, operator_roles, workload_role
from api_platform.environment import Environment
from api_platform.rules.finding import PLATFORM, Finding, Manifest, rule_name
from api_platform.rules.objects import Objects, name, namespace, title
from api_platform.rules.pods import pod
from api_platform.rules.values import table, text
from api_platform.service import Service

RULE = rule_name(__name__)


def service_accounts_agree_with_roles(
    environment: Environment, services: Sequence[Service], objects: Objects
) -> list[Finding]:
    """Refuse a pod whose account no role trusts, an account of another's role, and one account for two workloads.

    A role trusts one ServiceAccount of one namespace by name. What does not agree is found only when a pod first calls
    AWS, and is denied; or never, when it agrees with too much.
    """
    return [
        *_of_pods(environment, services, objects),
        *_of_accounts(environment, services, objects),
        *_without_account(environment, services, objects),
    ]


def _of_pods(environment: Environment, services: Sequence[Service], objects: Objects) -> Iterator[Finding]:
    users = Counter(_account(deployment) for _, deployment in objects.deployments(environment, services))
    for workload, deployment in objects.deployments(environment, services):
        where, account = _account(deployment)
        role = workload_role(environment, workload)
        if objects.find("ServiceAccount", where, account) is None:
            yield _finding(workload.name, f"runs as ServiceAccount {account!r}, which is not rendered")
        if users[where, account] > 1:
            yield _finding(workload.name, f"shares ServiceAccount {account!r} with another workload")
        if role and (role.namespace, role.service_account) != (where, account):
            yield _finding(workload.name, f"runs as {where}/{account}; its role trusts {_subject(role)} alone")


def _of_accounts(environment: Environment, services: Sequence[Service], objects: Objects) -> Iterator[Finding]:
    trusted = _roles_by_account(environment, services)
    for account in objects.of_kind("ServiceAccount"):
        role = trusted.get((namespace(account), name(account)))
        wanted = names.role_arn(environment, role.subject) if role else ""
        given = text(table(account, "metadata", "annotations"), names.ROLE_ARN_ANNOTATION)
        if given != wanted:
            yield _finding(
                objects.subject(account),
                f"{title(account)} has the role {given or 'none'}; it is trusted by {wanted or 'none'}",
            )


def _roles_by_account(environment: Environment, services: Sequence[Service]) -> dict[tuple[str | None, str], Role]:
    workloads = (workload_role(environment, workload) for service in services for workload in service.workloads)
    roles = [*(role for role in workloads if role), *operator_roles(environment, services)]
    return {(role.namespace, role.service_account): role for role in roles}


def _without_account(environment: Environment, services: Sequence[Service], objects: Objects) -> Iterator[Finding]:
    """Find operators' roles for an account of our own namespace that is not rendered; others come with Helm."""
    for role in operator_roles(environment, services):
        if role.namespace == names.namespace_name(environment) and not objects.find(
            "ServiceAccount", role.namespace, role.service_account
        ):
            yield _finding(PLATFORM, f"role {role.subject} trusts {_subject(role)}, which is not rendered")


def _account(deployment: Manifest) -> tuple[str | None, str]:
    return namespace(deployment), text(pod(deployment), "serviceAccountName")


def _subject(role: Role) -> str:
    return f"{role.namespace}/{role.service_account}"


def _finding(subject: str, value: str) -> Finding:
    return Finding(
        RULE,
        subject,
        value,
        "Each workload runs as a ServiceAccount of its own, which carries the ARN of the role that trusts it; no role "
        "where it uses nothing of AWS.",
        "Let account, annotation and trust follow from uses= (access.py, names.role_arn).",
    )
