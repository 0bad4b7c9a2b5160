"""The programs that the twin runs: found, or built from pinned Go modules.

binaries = find_binaries(CONTROL_PLANE, progress=print)
binaries["kube-apiserver"]
"""

from api_platform.twin.binaries.families import CONTROL_PLANE, ETCD, FAMILIES, ISTIO, KEDA, KUBERNETES, KWOK
from api_platform.twin.binaries.family import Family
from api_platform.twin.binaries.find import Binaries, BinariesMissingError, find_binaries
from api_platform.twin.binaries.step import Progress, Step, in_silence

__all__ = [
    "CONTROL_PLANE",
    "ETCD",
    "FAMILIES",
    "ISTIO",
    "KEDA",
    "KUBERNETES",
    "KWOK",
    "Binaries",
    "BinariesMissingError",
    "Family",
    "Progress",
    "Step",
    "find_binaries",
    "in_silence",
]
