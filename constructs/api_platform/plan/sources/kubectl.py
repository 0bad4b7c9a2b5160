"""Calls kubectl, and says in words what it refuses."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from api_platform.errors import InputError
from api_platform.rules.finding import Manifest

_REFUSALS: Final[Mapping[str, Sequence[str]]] = {
    "the credentials have expired, or are not this cluster's. Sign in again: aws sso login": (
        "Unauthorized",
        "must be logged in",
        "ExpiredToken",
        "getting credentials",
    ),
    "these credentials may not do it. A dry run takes the same rights as an apply: use an access entry that has them": (
        '" cannot ',  # RBAC's words; admission forbids in others, and that is about the object
    ),
    "the cluster cannot be reached. Its endpoint is private: run it from within the network": (
        "connection refused",
        "no such host",
        "i/o timeout",
        "Unable to connect",
        "context deadline exceeded",
        "TLS handshake timeout",
    ),
    "kubectl knows no cluster. Write its kubeconfig: aws eks update-kubeconfig --name CLUSTER": (
        "no configuration has been provided",
        "current-context is not set",
        "error: context ",
        "localhost:8080",
    ),
}
"""What is wrong, and the way out -> what kubectl says then."""


def kubectl(
    *words: str, objects: Sequence[Manifest] = (), variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run kubectl on the current context, with the objects on standard input. Raises InputError where it is missing."""
    here = str(Path(sys.executable).parent)
    path = f"{here}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which("kubectl", path=path)
    if program is None:
        raise InputError("--against cluster needs kubectl, which is not on PATH. Install it, or run: make setup")
    return subprocess.run(
        [program, *words],
        input=json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)}),
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def kubectl_json(*words: str) -> Mapping[str, Any]:
    """Return what kubectl answers as JSON. Raises InputError, with the way out, where it cannot."""
    done = kubectl(*words, "--output", "json", "--request-timeout", "20s")
    if done.returncode:
        raise InputError(f"kubectl {' '.join(words)}: {refusal(done.stderr)}")
    answer: Mapping[str, Any] = json.loads(done.stdout)
    return answer


def refusal(said: str) -> str:
    """Return what is wrong and the way out, with kubectl's own last line."""
    return known_refusal(said) or _last_line(said)


def known_refusal(said: str) -> str | None:
    """Return the same, where it is about the way to the cluster; None where it is about an object."""
    known = next((words for words, signs in _REFUSALS.items() if any(sign in said for sign in signs)), None)
    return f"{known} ({_last_line(said)})." if known else None


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["it says nothing"])[-1]
