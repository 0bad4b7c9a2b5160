"""What a container asks for and may not exceed."""

from typing import Self

from pydantic import model_validator

from api_platform.model import Spec
from api_platform.service.quantity import Cpu, Memory

LEAST_CPU = Cpu(10)
LEAST_MEMORY = Memory.mebibytes(16)
"""Less is a number whose unit was forgotten."""


class Resources(Spec):
    """Requests, by which pods are placed and scaled, and limits, at which they are throttled or killed."""

    cpu: Cpu
    """Requested processor time; the CPU target of the autoscaler is a share of it."""
    memory: Memory
    """Requested memory; the memory target of the autoscaler is a share of it."""
    cpu_limit: Cpu
    """Above it the kernel throttles."""
    memory_limit: Memory
    """Above it the kernel kills the container."""
    ephemeral_storage: Memory = Memory.gibibytes(1)
    """Requested and allowed disk: logs, /tmp and scratch together. Default: 1 GiB."""

    @model_validator(mode="after")
    def _amounts_are_in_the_right_unit(self) -> Self:
        if self.cpu < LEAST_CPU:
            raise ValueError(f"cpu {self.cpu} is below {LEAST_CPU}. Cpu counts thousandths: one core is Cpu.cores(1).")
        for name, amount in (("memory", self.memory), ("ephemeral_storage", self.ephemeral_storage)):
            if amount < LEAST_MEMORY:
                raise ValueError(
                    f"{name} {amount} is below {LEAST_MEMORY}. Memory counts bytes: write e.g. Memory.mebibytes(512)."
                )
        return self

    @model_validator(mode="after")
    def _limits_are_not_below_requests(self) -> Self:
        if self.cpu_limit < self.cpu:
            raise ValueError(f"cpu_limit {self.cpu_limit} is below the request {self.cpu}. Raise the limit.")
        if self.memory_limit < self.memory:
            raise ValueError(f"memory_limit {self.memory_limit} is below the request {self.memory}. Raise the limit.")
        return self


PROXY_RESOURCES = Resources(
    cpu=Cpu(100), memory=Memory.mebibytes(128), cpu_limit=Cpu.cores(2), memory_limit=Memory.gibibytes(1)
)
"""The mesh's proxy beside every container: Istio's own defaults, given to istiod and counted in the quota."""
