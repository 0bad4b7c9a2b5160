"""The programs that the twin runs: found, or built from pinned Go modules.

`find_binaries(CONTROL_PLANE, progress=...)["kube-apiserver"]` is a path; `shown_steps()` gives the progress.
"""

from api_platform.twin.binaries.cache import BinariesMissingError
from api_platform.twin.binaries.custom_resource_definitions import find_custom_resource_definitions
from api_platform.twin.binaries.families import CONTROL_PLANE, ETCD, FAMILIES, ISTIO, KEDA, KUBERNETES, KWOK
from api_platform.twin.binaries.family import Family
from api_platform.twin.binaries.find import Binaries, find_binaries
from api_platform.twin.binaries.progress import shown_steps
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
    "find_custom_resource_definitions",
    "in_silence",
    "shown_steps",
]
