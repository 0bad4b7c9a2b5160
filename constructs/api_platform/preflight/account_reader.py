"""Reads the account once, all questions side by side."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from api_platform.preflight.account_reading import AccountReading
from api_platform.preflight.inquiry import Inquiry
from api_platform.preflight.readers.administrator_roles import read_administrator_roles
from api_platform.preflight.readers.bootstrap import read_bootstrap
from api_platform.preflight.readers.hosted_zone import read_hosted_zone
from api_platform.preflight.readers.images import read_images
from api_platform.preflight.readers.machine_types import read_machine_types
from api_platform.preflight.readers.quotas import read_elastic_ips, read_lambda_executions, read_vcpus
from api_platform.preflight.readers.secrets import read_secrets
from api_platform.preflight.readers.taken_names import read_taken_names
from api_platform.preflight.readers.zones import read_zones

T = TypeVar("T")

_AT_ONCE: Final = 8


def read_account(inquiry: Inquiry) -> AccountReading:
    """Return what the account says; what it refuses is told as left out."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:

        def ask(purpose: str, read: Callable[[Inquiry], T]) -> Future[T | None]:
            return threads.submit(inquiry.ask, purpose, partial(read, inquiry))

        bootstrap = ask("read what cdk bootstrap has left", read_bootstrap)
        roles = ask("read the administrators' roles", read_administrator_roles)
        zones = ask("read the availability zones", read_zones)
        machine_types = ask("read the instance types", read_machine_types)
        vcpus = ask("read the quota of vCPUs", read_vcpus)
        elastic_ips = ask("read the quota of Elastic IP addresses", read_elastic_ips)
        lambda_executions = ask("read the quota of Lambda executions", read_lambda_executions)
        images = ask("read the images", read_images)
        hosted_zones = ask("read the hosted zone", read_hosted_zone)
        secrets = ask("read the secrets", read_secrets)
        taken_names = ask("look for names that are taken", read_taken_names)
    return AccountReading(
        bootstrap=bootstrap.result(),
        administrator_roles=roles.result(),
        zones=zones.result(),
        machine_types=machine_types.result(),
        vcpus=vcpus.result(),
        elastic_ips=elastic_ips.result(),
        lambda_executions=lambda_executions.result(),
        images=images.result(),
        hosted_zones=hosted_zones.result(),
        secrets=secrets.result(),
        taken_names=taken_names.result(),
        left_out=tuple(sorted(inquiry.left_out)),
    )
