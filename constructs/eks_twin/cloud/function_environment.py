"""What a function sees of its surroundings: what Lambda gives it, and nothing of this machine's own."""

import os
from collections.abc import Mapping
from pathlib import Path

from eks_twin.processes.program import MARK


def function_environment(code: Path, handler: str, scratch: Path, programs: Path) -> Mapping[str, str]:
    """Return the variables that every function has.

    `scratch`: a folder of this call alone: its home directory, where neither AWS profiles nor a kubeconfig are.
    `programs`: the one folder on its path.
    """
    mark = {MARK: os.environ[MARK]} if MARK in os.environ else {}  # by it, what a crash leaves is known for ours
    return {
        **mark,
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "PATH": str(programs),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "LAMBDA_TASK_ROOT": str(code),
        "_HANDLER": handler,
        # Neither a profile of this machine's user, nor the address that tells a virtual machine of its role.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
