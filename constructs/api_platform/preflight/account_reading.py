"""All that checks look at: what an AWS account said at one moment. None is what it was not asked, or did not say."""

from collections.abc import Mapping
from dataclasses import dataclass

from api_platform.account_demands import FixedName


@dataclass(frozen=True)
class BootstrapStack:
    """What `cdk bootstrap` has left in account and region."""

    version: int | None
    """Of its template; None where no such parameter is there."""
    status: str = ""
    """Of the stack CDKToolkit, as CloudFormation spells it; empty where there is none of this name."""


@dataclass(frozen=True)
class ZoneState:
    """An availability zone."""

    zone_id: str
    """The same place in every account, e.g. euw1-az1; a name is not."""
    state: str = "available"
    """As EC2 spells it."""


@dataclass(frozen=True)
class MachineType:
    """An EC2 instance type."""

    vcpus: int
    architecture: str
    """As images spell it: arm64, amd64."""
    zones: frozenset[str]
    """Those that offer it, by name."""
    standard: bool = True
    """Whether it counts against the quota of the standard families."""


@dataclass(frozen=True)
class QuotaState:
    """A quota of the account in the region."""

    limit: int
    used: int
    """By all but this environment."""

    @property
    def left(self) -> int:
        """Return what this environment may take."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True)
class RegistryImage:
    """An image in its registry."""

    architectures: frozenset[str] | None
    """As images spell them: arm64, amd64; None where that could not be read."""


@dataclass(frozen=True)
class HostedZone:
    """A Route 53 hosted zone."""

    name: str
    """Its domain, without the dot at the end."""
    private: bool
    name_servers: frozenset[str]
    """Those that answer for it."""
    delegated_to: frozenset[str] | None
    """The name servers that whoever is above it names; None where that could not be asked."""
    asked: str = ""
    """Who that is, e.g. `the hosted zone of company.com`."""


@dataclass(frozen=True)
class SecretState:
    """A secret, as far as it can be described without its value."""

    being_deleted: bool = False
    has_value: bool = True


@dataclass(frozen=True)
class AccountReading:
    """What the account said. Each part is None where AWS did not let it be read; `left_out` says so."""

    bootstrap: BootstrapStack | None
    administrator_roles: Mapping[str, str | None] | None
    """ARN of the environment file -> that of the role of this name; None where there is none."""
    zones: Mapping[str, ZoneState] | None
    """By name; those of the region that the account sees."""
    machine_types: Mapping[str, MachineType] | None
    """By instance type; those of the environment that the region has."""
    vcpus: QuotaState | None
    """Of running on-demand machines of the standard families."""
    elastic_ips: QuotaState | None
    lambda_executions: int | None
    """At once, of all functions that reserve none for themselves."""
    images: Mapping[str, RegistryImage | None] | None
    """Reference -> the image; None where the registry has none. Without those that could not be asked for."""
    hosted_zones: Mapping[str, HostedZone] | None
    """By id; the environment's own, where it exists."""
    secrets: Mapping[str, SecretState | None] | None
    """By name; None where there is no such secret."""
    taken_names: frozenset[FixedName] | None
    """Names of ours that exist, and that no stack of the environment holds."""
    left_out: tuple[str, ...] = ()
    """What was not looked at, and why: a sentence each."""
