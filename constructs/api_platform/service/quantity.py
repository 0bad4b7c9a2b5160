"""CPU and memory as numbers that can be compared, and the way Kubernetes spells them."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from api_platform.errors import InputError

_MEMORY_UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
_CPU = re.compile(r"(?P<number>[0-9]{1,18}(\.[0-9]{1,18})?)(?P<milli>m?)")
_MEMORY = re.compile(r"(?P<number>[0-9]{1,18}(\.[0-9]{1,18})?)(?P<unit>k|M|G|Ki|Mi|Gi)?")


@dataclass(frozen=True, order=True)
class Cpu:
    """Processor time, in thousandths of a core."""

    millicores: int

    def __post_init__(self) -> None:
        """Refuse what is no amount."""
        _refuse_no_amount("Cpu: millicores", self.millicores, "Cpu(500) or Cpu.cores(1.5)")

    @classmethod
    def cores(cls, number: float) -> Self:
        """Return `number` whole cores' time."""
        return cls(round(number * 1000))

    @classmethod
    def parse(cls, quantity: str) -> Self:
        """Read a Kubernetes quantity: `500m`, `1`, `1.5`. Parts of a millicore are rounded up, as Kubernetes does.

        Raises ValueError on anything else.
        """
        match = _CPU.fullmatch(quantity)
        if not match:
            raise ValueError(f"{quantity!r} is not a CPU quantity. Write e.g. 500m or 2.")
        return cls(math.ceil(Fraction(match["number"]) * (1 if match["milli"] else 1000)))

    def __mul__(self, times: int) -> "Cpu":
        """Return this much, `times` over."""
        return Cpu(self.millicores * times)

    def __add__(self, other: "Cpu") -> "Cpu":
        """Return both together."""
        return Cpu(self.millicores + other.millicores)

    def __str__(self) -> str:
        """Spell it as Kubernetes does, in its own canonical form."""
        return str(self.millicores // 1000) if self.millicores % 1000 == 0 else f"{self.millicores}m"


@dataclass(frozen=True, order=True)
class Memory:
    """Memory or disk space, in bytes."""

    bytes: int

    def __post_init__(self) -> None:
        """Refuse what is no amount."""
        _refuse_no_amount("Memory: bytes", self.bytes, "Memory.mebibytes(1536)")

    @classmethod
    def mebibytes(cls, number: int) -> Self:
        """Return `number` MiB."""
        return cls(number * 2**20)

    @classmethod
    def gibibytes(cls, number: int) -> Self:
        """Return `number` GiB."""
        return cls(number * 2**30)

    @classmethod
    def parse(cls, quantity: str) -> Self:
        """Read a Kubernetes quantity: `512Mi`, `1.5Gi`, `1000000`. Parts of a byte are rounded up, as Kubernetes does.

        Raises ValueError on anything else.
        """
        match = _MEMORY.fullmatch(quantity)
        if not match:
            raise ValueError(f"{quantity!r} is not a memory quantity. Write e.g. 512Mi or 2Gi.")
        return cls(math.ceil(Fraction(match["number"]) * _MEMORY_UNITS[match["unit"] or ""]))

    def percent(self, share: int) -> "Memory":
        """Return `share` percent of this, in whole MiB, rounded down."""
        return Memory.mebibytes(self.bytes * share // 100 // 2**20)

    @property
    def whole_mebibytes(self) -> int:
        """This in MiB, rounded down."""
        return self.bytes // 2**20

    def __mul__(self, times: int) -> "Memory":
        """Return this much, `times` over."""
        return Memory(self.bytes * times)

    def __add__(self, other: "Memory") -> "Memory":
        """Return both together."""
        return Memory(self.bytes + other.bytes)

    def __str__(self) -> str:
        """Spell it as Kubernetes does: the largest binary unit that divides it."""
        for unit in ("Gi", "Mi", "Ki"):
            if self.bytes and self.bytes % _MEMORY_UNITS[unit] == 0:
                return f"{self.bytes // _MEMORY_UNITS[unit]}{unit}"
        return str(self.bytes)


def _refuse_no_amount(what: str, amount: object, example: str) -> None:
    if not isinstance(amount, int) or amount < 0:
        raise InputError(f"{what} must be a whole number, not below zero, got {amount!r}. Write e.g. {example}.")
