"""What a runbook says. The page around it comes from the alert itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api_platform.runbooks.occurrence import Occurrence


@dataclass(frozen=True)
class Look:
    """One command that changes nothing, and what its answers mean."""

    command: str
    """`$environment`, `$service`, `$workload` and the like stand for the alert's own; `variables` has them all."""
    answers: Mapping[str, str]
    """What it shows -> what that means."""
    only: str = ""
    """Of which workloads. Default: of all."""


@dataclass(frozen=True)
class WayOut:
    """What to do, where the looks have shown a cause."""

    cause: str
    remedy: str
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class AlertLimit:
    """The figure that an alert goes by, which differs between workloads and environments."""

    title: str
    figure: Callable[[Occurrence], str]


@dataclass(frozen=True)
class Runbook:
    """One alert's page."""

    alert: str
    """The alert's name, in PascalCase."""
    says: str
    """What the alert's expression says, in words."""
    noticed: str
    """What users notice."""
    limit: AlertLimit
    looks: tuple[Look, ...]
    ways_out: tuple[WayOut, ...]
