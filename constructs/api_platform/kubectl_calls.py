"""How a cluster is asked: by kubectl, with the user's own kubeconfig, and each reason why not as a sentence of its own.

kubectl, not a client library: it knows every way of signing in, and what it was asked can be asked again by hand.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from api_platform.errors import InputError

_REFUSALS: Final[Mapping[str, Sequence[str]]] = {
    "kubectl knows no such cluster. Write its kubeconfig (aws eks update-kubeconfig --name CLUSTER), or name one of "
    "`kubectl config get-contexts`": (
        "no configuration has been provided",
        "current-context is not set",
        "context was not found",
        "does not exist",
        "localhost:8080",
    ),
    "the credentials have expired, or are not this cluster's. Sign in again, e.g. by aws sso login": (
        "Unauthorized",
        "must be logged in",
        "ExpiredToken",
        "getting credentials",
    ),
    "these credentials may not read it. Use an access entry that may view the cluster": ("Forbidden", "forbidden"),
    "the cluster was not reached. Is the network right (its endpoint is private), and does it run?": (
        "connection refused",
        "was refused",
        "no such host",
        "i/o timeout",
        "Unable to connect",
        "context deadline exceeded",
        "TLS handshake timeout",
        "Timeout",
    ),
}
"""What is wrong, and the way out -> what kubectl says then."""


@dataclass(frozen=True)
class Kubectl:
    """kubectl on one cluster."""

    context: str | None = None
    """One of the kubeconfig's. Default: its current one."""

    @property
    def options(self) -> tuple[str, ...]:
        """Return what names the cluster on a command line."""
        return ("--context", self.context) if self.context else ()

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run it, 20 s at the most; look at the exit code. Raises InputError where there is no kubectl."""
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        program = shutil.which("kubectl", path=path)
        if program is None:
            raise InputError(
                "to ask a cluster, kubectl is needed, which is not on PATH. Install it, or run: make setup"
            )
        command = [program, *self.options, "--request-timeout=20s", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def items(self, said: str) -> list[Mapping[str, Any]]:
        """Return the objects of an answer in JSON; none of an empty answer."""
        return list(json.loads(said)["items"]) if said.strip() else []

    def refusal(self, said: str) -> InputError:
        """Return why the cluster does not answer: the reason, the way out, and kubectl's last words (`said`: all)."""
        lines = [line for line in said.strip().splitlines() if line] or ["kubectl said nothing"]
        cluster = f"context {self.context}" if self.context else "kubectl's current context"
        for sentence, signs in _REFUSALS.items():
            if any(sign in said for sign in signs):
                return InputError(f"{cluster}: {sentence} ({lines[-1]})")
        return InputError(f"{cluster}: {lines[-1]}")
