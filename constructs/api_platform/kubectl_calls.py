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
        "error: context ",
        "localhost:8080",
    ),
    "the credentials have expired, or are not this cluster's. Sign in again, e.g. by aws sso login": (
        "Unauthorized",
        "must be logged in",
        "ExpiredToken",
        "getting credentials",
    ),
    "these credentials may not do it. Use an access entry that views the cluster; a dry run takes one that may apply": (
        '" cannot ',  # RBAC's words; admission forbids in others, and that is about the object
    ),
    "the cluster was not reached. Is the network right (its endpoint is private), and does it run?": (
        "connection refused",
        "The connection to the server",
        "no such host",
        "i/o timeout",
        "Unable to connect",
        "context deadline exceeded",
        "TLS handshake timeout",
        "Client.Timeout",
    ),
}
"""What is wrong, and the way out -> what kubectl says then."""


@dataclass(frozen=True)
class KubectlCalls:
    """kubectl on one cluster."""

    context: str | None = None
    """One of the kubeconfig's. Default: its current one."""

    @property
    def options(self) -> tuple[str, ...]:
        """Return what names the cluster on a command line."""
        return ("--context", self.context) if self.context else ()

    def run(
        self,
        *words: str,
        objects: Sequence[Mapping[str, Any]] = (),
        variables: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run it, with the objects on standard input; look at the exit code. A request takes 20 s at the most.

        `variables`: of its environment, beside the caller's. Raises InputError where there is no kubectl.
        """
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        program = shutil.which("kubectl", path=path)
        if program is None:
            raise InputError(
                "to ask a cluster, kubectl is needed, which is not on PATH. Install it, or run: make setup"
            )
        return subprocess.run(
            [program, *self.options, "--request-timeout=20s", *words],
            input=json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)}),
            env={**os.environ, **(variables or {})},
            capture_output=True,
            text=True,
            check=False,
        )

    def answer(self, *words: str) -> Mapping[str, Any]:
        """Return what kubectl answers as JSON; empty where it says nothing. Raises InputError where it cannot."""
        done = self.run(*words, "--output=json")
        if done.returncode:
            raise self.refusal(done.stderr)
        found: Mapping[str, Any] = json.loads(done.stdout) if done.stdout.strip() else {}
        return found

    def items(self, said: str) -> list[Mapping[str, Any]]:
        """Return the objects of an answer in JSON; none of an empty answer."""
        return list(json.loads(said)["items"]) if said.strip() else []

    def refusal(self, said: str) -> InputError:
        """Return why the cluster does not answer: the reason, the way out, and kubectl's last words (`said`: all)."""
        cluster = f"context {self.context}" if self.context else "kubectl's current context"
        reason = _reason(said)
        return InputError(f"{cluster}: {f'{reason} ({last_words(said)})' if reason else last_words(said)}")


def is_about_an_object(said: str) -> bool:
    """Return whether what kubectl refused is an object, and not the caller or the way to the cluster."""
    return _reason(said) is None


def last_words(said: str) -> str:
    """Return the last line of what kubectl said: its errors stand there."""
    return ([line for line in said.strip().splitlines() if line] or ["kubectl said nothing"])[-1]


def _reason(said: str) -> str | None:
    return next((reason for reason, signs in _REFUSALS.items() if any(sign in said for sign in signs)), None)
