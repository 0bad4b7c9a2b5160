"""What an app adds to what the twin knows, without touching this package."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from eks_twin.aws_clients import Clients
from eks_twin.binaries import KEDA, Binaries, Definitions, Family
from eks_twin.cloudformation import ResourceType
from eks_twin.control_plane import ControlPlane
from eks_twin.control_plane.keda import KEDA_CHART, OPERATOR, Aws, start_keda
from eks_twin.errors import InputError
from eks_twin.release import Release

ResourceTypes = Callable[[Clients], Mapping[str, ResourceType]]
"""Takes clients of one account and region; returns what makes each type of resource, e.g. `AWS::RDS::DBCluster`."""


def no_types(_: Clients) -> Mapping[str, ResourceType]:
    """Add no type of resource."""
    return {}


@dataclass(frozen=True)
class Native:
    """A program that a Helm chart would run in pods, and that runs on this machine instead."""

    chart: str
    """Name of the chart whose release brings it."""
    family: Family
    """What it is built from."""
    program: str
    """The first of its programs, by the name in the record: by it one sees whether it runs."""
    start: Callable[[ControlPlane, Binaries, Aws, Release], None]
    """Takes the cluster, the built programs, where AWS is, and the release as it was installed."""


KEDA_NATIVE: Final = Native(KEDA_CHART, KEDA, OPERATOR, start_keda)


@dataclass(frozen=True)
class Extension:
    """All of it. Named on the command line as `module:attribute`, since a server of the twin imports it, too."""

    definitions: Definitions | None = None
    """Custom resource definitions of the charts that the app installs. Default: a chart brings none."""
    resource_types: ResourceTypes = no_types
    natives: tuple[Native, ...] = (KEDA_NATIVE,)
    families: Mapping[str, Family] = field(default_factory=dict)
    """Programs that only scenarios need, by name."""


def load_extension(name: str) -> Extension:
    """Return the extension of this name, `module:attribute`; an empty name is the default one.

    Raises InputError where there is none.
    """
    if not name:
        return Extension()
    module, _, attribute = name.partition(":")
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise InputError(f"extension {name!r} cannot be loaded ({error}). Name it as module:attribute.") from None
    if not isinstance(found, Extension):
        raise InputError(f"extension {name!r} is no eks_twin Extension, but {type(found).__name__}.")
    return found
