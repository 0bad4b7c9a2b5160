"""What an EC2 instance type offers to pods, computed as EKS does."""

import re
from dataclasses import dataclass

from eks_twin.errors import InputError

_GIB_PER_VCPU = {"c": 2, "m": 4, "r": 8}
"""Compute, general purpose, memory: what their letter says, in every generation that EKS still takes."""
_TYPE = re.compile(r"(?P<family>[cmr])(?P<generation>[5-9])(?P<kind>[a-z]*)\.(?P<size>medium|large|[0-9]*xlarge)")
_PODS = {1: 8, 2: 29, 4: 58, 8: 58, 16: 110, 32: 234, 48: 234}
"""By vCPU, of the families above: a pod takes one of the addresses that the machine's network interfaces may have.

That is interfaces x (addresses - 1) + 2 on EKS. A managed node group takes 110 at the most, and 250 from 30 vCPUs on.
"""
_PODS_OF_LARGER = 250
_OVERHEAD = 0.075
"""Part of the memory that the machine keeps from the operating system; Karpenter plans with the same figure."""


@dataclass(frozen=True)
class Machine:
    """What one node offers."""

    vcpus: int
    memory_mib: int
    """As the operating system sees it."""
    architecture: str
    """`arm64` or `amd64`."""
    pods: int
    """At the most."""

    @property
    def capacity(self) -> dict[str, str]:
        """The node's capacity, but for its disk."""
        return {"cpu": str(self.vcpus), "memory": f"{self.memory_mib}Mi", "pods": str(self.pods)}

    @property
    def allocatable(self) -> dict[str, str]:
        """What is left for pods: without what EKS keeps for the kubelet, and the 100 MiB at which it evicts."""
        cpu = 1000 * self.vcpus - _reserved_millicpus(self.vcpus)
        memory = self.memory_mib - (255 + 11 * self.pods) - 100
        return {"cpu": f"{cpu}m", "memory": f"{memory}Mi", "pods": str(self.pods)}


def machine(instance_type: str) -> Machine:
    """Return what a type of the families c, m and r offers, from generation 5 on, `metal` sizes excepted.

    Raises InputError on any other.
    """
    found = _TYPE.fullmatch(instance_type)
    if not found:
        raise InputError(
            f"instance type {instance_type!r}: the twin knows c, m and r types from generation 5 on, e.g. m7g.large. "
            "Take one of those, or teach it more in twin/control_plane/instance_types.py."
        )
    vcpus = _vcpus(found["size"])
    return Machine(
        vcpus=vcpus,
        memory_mib=int(1024 * vcpus * _GIB_PER_VCPU[found["family"]] * (1 - _OVERHEAD)),
        architecture="arm64" if "g" in found["kind"] else "amd64",
        pods=_PODS.get(vcpus, _PODS_OF_LARGER),
    )


def _vcpus(size: str) -> int:
    if size in {"medium", "large"}:
        return {"medium": 1, "large": 2}[size]
    return 4 * int(size.removesuffix("xlarge") or 1)


def _reserved_millicpus(vcpus: int) -> int:
    """Return what EKS keeps for the kubelet: 6 % of the first, 1 % of the second, 0.5 % of two, then 0.25 %."""
    shares = [60.0, 10.0, 5.0, 5.0, *[2.5] * max(0, vcpus - 4)]
    return int(sum(shares[:vcpus]))
