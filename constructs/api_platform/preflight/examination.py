"""Runs all checks over one reading of the account."""

from collections.abc import Callable, Mapping, Sequence

from api_platform.doctor.diagnosis import Diagnosis, check_name
from api_platform.environment import Environment
from api_platform.preflight.account_reading import AccountReading
from api_platform.preflight.checks.administrator_roles_exist import administrator_roles_exist
from api_platform.preflight.checks.bootstrap_is_there import bootstrap_is_there
from api_platform.preflight.checks.elastic_ips_suffice import elastic_ips_suffice
from api_platform.preflight.checks.hosted_zone_is_delegated import hosted_zone_is_delegated
from api_platform.preflight.checks.images_are_pushed import images_are_pushed
from api_platform.preflight.checks.images_fit_the_nodes import images_fit_the_nodes
from api_platform.preflight.checks.lambda_runs_the_stacks import lambda_runs_the_stacks
from api_platform.preflight.checks.names_are_free import names_are_free
from api_platform.preflight.checks.secrets_exist import secrets_exist
from api_platform.preflight.checks.vcpu_quota_holds_the_nodes import vcpu_quota_holds_the_nodes
from api_platform.preflight.checks.zones_are_available import zones_are_available
from api_platform.preflight.checks.zones_offer_the_instance_types import zones_offer_the_instance_types
from api_platform.service import Service

AccountCheck = Callable[[Environment, Sequence[Service], AccountReading], list[Diagnosis]]

CHECKS: Mapping[str, AccountCheck] = {
    check_name(check.__module__): check
    for check in (
        bootstrap_is_there,
        names_are_free,
        zones_are_available,
        elastic_ips_suffice,
        administrator_roles_exist,
        zones_offer_the_instance_types,
        vcpu_quota_holds_the_nodes,
        lambda_runs_the_stacks,
        hosted_zone_is_delegated,
        secrets_exist,
        images_are_pushed,
        images_fit_the_nodes,
    )
}
"""Name -> check, in the order in which a deployment would come to them."""


def examine_account(
    environment: Environment, services: Sequence[Service], reading: AccountReading
) -> tuple[Diagnosis, ...]:
    """Return what a deployment would fail at."""
    return tuple(found for check in CHECKS.values() for found in check(environment, services, reading))
