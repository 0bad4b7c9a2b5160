"""Kubeconfig files: the user's own, and one for each program that speaks to the API server."""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from eks_twin.home import Home
from eks_twin.processes.files import write_whole

CONTEXT = "eks-twin"
"""Name of the context, the cluster and the user in the kubeconfig."""


@dataclass(frozen=True)
class User:
    """Who speaks to the API server, with a token of this start."""

    name: str
    """As RBAC knows it."""
    groups: tuple[str, ...] = ()
    token: str = ""


ADMINISTRATOR = "administrator"
CONTROLLER_MANAGER = "system:kube-controller-manager"
SCHEDULER = "system:kube-scheduler"
NODES = "kwok"

_GROUPS = {
    ADMINISTRATOR: ("system:masters",),
    NODES: ("system:masters",),  # it speaks for all nodes at once, for which RBAC has no role
    CONTROLLER_MANAGER: (),  # these two have a role of their own in every cluster
    SCHEDULER: (),
}


def make_users() -> dict[str, User]:
    """Return who may speak to the API server, by name, with random tokens."""
    return {name: User(name, groups, secrets.token_urlsafe(32)) for name, groups in _GROUPS.items()}


def write_tokens(file: Path, users: Iterable[User]) -> None:
    """Write the file by which the API server knows tokens: one line each, of token, name, id and groups."""
    lines = [f'{user.token},{user.name},{user.name},"{",".join(user.groups)}"' for user in users]
    write_whole(file, "\n".join(lines) + "\n")


def kubeconfig_of(home: Home, user: str) -> Path:
    """Return the kubeconfig of this user: the administrator's is the twin's own."""
    name = user.removeprefix("system:")
    return home.kubeconfig if user == ADMINISTRATOR else home.of("control-plane") / f"{name}.kubeconfig"


def write_kubeconfig(file: Path, address: str, authority: Path, token: str) -> None:
    """Write a kubeconfig, which nobody else may read; it holds all it needs, so that it can be copied."""
    certificate = base64.b64encode(authority.read_bytes()).decode()
    content = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": CONTEXT, "cluster": {"server": address, "certificate-authority-data": certificate}}],
        "users": [{"name": CONTEXT, "user": {"token": token}}],
        "contexts": [{"name": CONTEXT, "context": {"cluster": CONTEXT, "user": CONTEXT}}],
        "current-context": CONTEXT,
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, yaml.safe_dump(content, sort_keys=False))
