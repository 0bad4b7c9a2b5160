"""What this platform adds to the twin: the definitions of its charts, and the programs of its scenarios."""

from typing import Final

from api_platform.proof.definitions import DEFINITIONS
from api_platform.proof.istio import ISTIO
from eks_twin.extension import Extension

EXTENSION: Final = Extension(definitions=DEFINITIONS, families={ISTIO.name: ISTIO})
NAME: Final = f"{__name__}:EXTENSION"
"""By which a server of the twin finds it."""
