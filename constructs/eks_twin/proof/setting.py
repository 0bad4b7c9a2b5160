"""When, where and with what the proof was measured."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil

from eks_twin.proof.quantities import number


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What the page says of the measurement. Holds no name of a machine and none of a person."""

    at: datetime
    """When it began, with its zone."""
    environment: str
    """Which one was deployed, e.g. "production"."""
    cores: int
    memory_bytes: int
    system: str
    """E.g. "Linux x86_64"."""
    versions: Mapping[str, str]
    """Program -> version, e.g. {"Kubernetes": "1.36.3"}."""
    short: bool = False
    """Whether the scenarios were run in their short forms."""
    notes: Sequence[str] = ()
    """What is real and what is simulated in every scenario: one sentence each."""

    @classmethod
    def here(
        cls, environment: str, versions: Mapping[str, str], notes: Sequence[str] = (), *, short: bool = False
    ) -> "Setting":
        """Return the setting of a measurement that begins now, on this machine."""
        return cls(
            at=datetime.now(UTC),
            environment=environment,
            cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            memory_bytes=psutil.virtual_memory().total,
            system=f"{platform.system()} {platform.machine()}",
            versions=versions,
            notes=notes,
            short=short,
        )

    @property
    def facts(self) -> Sequence[tuple[str, str]]:
        """When and where, as pairs of a label and a text."""
        machine = f"{self.cores} cores, {number(self.memory_bytes / 2**30)} GiB, {self.system}"
        when = self.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        form = "short: each section says what it leaves out" if self.short else "full"
        return [("Measured", when), ("Environment", self.environment), ("Machine", machine), ("Form", form)]
