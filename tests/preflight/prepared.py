"""An account in which nothing is missing, as plain data, and the small environment that goes there.

A test changes one fact of it, and asks one check.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.environment import Environment
from api_platform.environment_file import NodeGroup, NodeGroups
from api_platform.preflight.account_reading import (
    AccountReading,
    BootstrapStack,
    HostedZone,
    MachineType,
    QuotaState,
    RegistryImage,
    SecretState,
    ZoneState,
)
from api_platform.preflight.examination import CHECKS, examine_account
from api_platform.service import DatabaseAccess, QueueConsumer, QueueScaling, Service
from tests.specs import a_service, a_workload, an_environment, an_image

ZONES = ("eu-west-1a", "eu-west-1b", "eu-west-1c")
REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
SERVERS = frozenset({"ns-1.awsdns.example", "ns-2.awsdns.example"})
ADMINISTRATORS = "arn:aws:iam::123456789012:role/administrators"


def the_environment(**changes: Any) -> Environment:
    """Return one with six m7g.large at the start and nine at the most, and one c7g.xlarge that may become two."""
    groups = NodeGroups(
        system=NodeGroup(instance_type="m7g.large", minimum=6, maximum=9),
        media_processing=NodeGroup(instance_type="c7g.xlarge", minimum=1, maximum=2),
    )
    return an_environment(**{"node_groups": groups, "concurrent_stacks": 2, **changes})


def the_services() -> tuple[Service, ...]:
    """Return `orders` with its database, `stock` on nodes of its own, and `parcels` with its queue."""
    orders = a_workload(name="orders", image=an_image(repository=f"{REGISTRY}/orders"), uses=(DatabaseAccess(),))
    stock = a_workload(
        name="stock", image=an_image(repository=f"{REGISTRY}/stock", digest=None), node_pool="media-processing"
    )
    parcels = a_workload(
        name="parcels",
        image=an_image(repository=f"{REGISTRY}/parcels", digest=None),
        exposure=None,
        scaling=QueueScaling(minimum=2, maximum=20, messages_per_pod=10),
        uses=(QueueConsumer(longest_job_seconds=60),),
    )
    return tuple(a_service(one) for one in (orders, stock, parcels))


def images() -> dict[str, RegistryImage | None]:
    """Return each image of theirs, built for both processors."""
    both = RegistryImage(frozenset({"arm64", "amd64"}))
    return {str(workload.image): both for service in the_services() for workload in service.workloads}


def a_reading(**changes: Any) -> AccountReading:
    """Return what an account says in which nothing is missing."""
    reading = AccountReading(
        bootstrap=BootstrapStack(30, "CREATE_COMPLETE"),
        administrator_roles={ADMINISTRATORS: ADMINISTRATORS},
        zones={zone: ZoneState(f"euw1-az{number}") for number, zone in enumerate(ZONES, start=1)},
        machine_types={
            "m7g.large": MachineType(2, "arm64", frozenset(ZONES)),
            "c7g.xlarge": MachineType(4, "arm64", frozenset(ZONES)),
        },
        vcpus=QuotaState(limit=26, used=0),
        elastic_ips=QuotaState(limit=5, used=2),
        lambda_executions=40,
        images=images(),
        hosted_zones={
            "Z0123456789EXAMPLE": HostedZone("example.com", private=False, name_servers=SERVERS, delegated_to=SERVERS)
        },
        secrets={"production/database": SecretState()},
        taken_names=frozenset(),
    )
    return replace(reading, **changes)


@dataclass
class Prepared:
    """What a check looks at. Change it in place."""

    reading: AccountReading
    environment: Environment = field(default_factory=the_environment)
    services: tuple[Service, ...] = field(default_factory=the_services)

    def say(self, check: str) -> list[Diagnosis]:
        """Return what a check finds, and make sure that no other one finds anything."""
        found = CHECKS[check](self.environment, self.services, self.reading)
        assert list(examine_account(self.environment, self.services, self.reading)) == found
        return found

    def only(self, check: str) -> Diagnosis:
        """Return the one thing that a check finds. Raises ValueError when it finds none or more."""
        (found,) = self.say(check)
        return found


def with_account(**changes: Any) -> Prepared:
    """Return the healthy account with some facts changed."""
    return Prepared(a_reading(**changes))
