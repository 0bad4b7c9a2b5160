"""The programs that the twin runs: found, or built from pinned Go modules.

`find_binaries(CONTROL_PLANE, progress=...)["kube-apiserver"]` is a path; `shown_steps()` gives the progress.
"""

from eks_twin.binaries.cache import BinariesMissingError
from eks_twin.binaries.custom_resource_definitions import find_custom_resource_definitions
from eks_twin.binaries.definition_projects import Definitions
from eks_twin.binaries.families import CONTROL_PLANE, ETCD, FAMILIES, KEDA, KUBERNETES, KWOK
from eks_twin.binaries.family import Family
from eks_twin.binaries.find import Binaries, find_binaries
from eks_twin.binaries.progress import shown_steps
from eks_twin.binaries.step import Progress, Step, in_silence

__all__ = [
    "CONTROL_PLANE",
    "ETCD",
    "FAMILIES",
    "KEDA",
    "KUBERNETES",
    "KWOK",
    "Binaries",
    "BinariesMissingError",
    "Definitions",
    "Family",
    "Progress",
    "Step",
    "find_binaries",
    "find_custom_resource_definitions",
    "in_silence",
    "shown_steps",
]
