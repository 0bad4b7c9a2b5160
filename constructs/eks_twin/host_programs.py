"""Programs that the twin takes from the machine as they are: kubectl, and Node for functions."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from eks_twin.errors import InputError

_WAYS: Final[Mapping[str, str]] = {
    "kubectl": "Install it (https://kubernetes.io/docs/tasks/tools/)",
    "node": "Install Node 22 or newer (https://nodejs.org)",
}


def host_program(name: str) -> Path:
    """Return where `kubectl` or `node` lies: beside this Python, else on PATH. Raises InputError where neither."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which(name, path=os.pathsep.join([beside, os.environ.get("PATH", os.defpath)]))
    if found is None:
        raise InputError(f"{name} is not on PATH, and the twin needs it. {_WAYS[name]}, or activate its environment.")
    return Path(found)
