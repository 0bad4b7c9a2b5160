"""Ways to hurt a running twin: a program that dies, a zone that is gone."""

import os
import signal

import lightkube
from lightkube.resources.core_v1 import Node

from eks_twin.control_plane.kwok import HEARTBEAT_LABEL, STOPPED
from eks_twin.control_plane.nodes import ZONE_LABEL
from eks_twin.errors import TwinError, command
from eks_twin.home import Home
from eks_twin.processes.record import Running, read_record


def kill(home: Home, program: str) -> Running:
    """Kill a program of the twin (SIGKILL); the supervisor starts it again a moment later.

    Returns it as it was. Raises TwinError where it does not run.
    """
    record = read_record(home)
    running = record.programs.get(program) if record else None
    if running is None or running.identity is None or not running.identity.lives:
        raise TwinError(f"{program} does not run in {home.folder}, so it cannot be killed. See: {command()} status.")
    os.kill(running.identity.pid, signal.SIGKILL)
    return running


def is_back(home: Home, program: str, before: Running) -> bool:
    """Whether a program that was killed has been started again. It may not be ready yet."""
    record = read_record(home)
    running = record.programs.get(program) if record else None
    return running is not None and running.restarts > before.restarts and running.identity is not None


def stop_heartbeats(client: lightkube.Client, zone: str) -> tuple[str, ...]:
    """Let the nodes of a zone fall silent, as when it has no power; return their names.

    Kubernetes hears nothing from them or their pods any more: they are NotReady after `Settings.node_grace`. Their pods
    stay as they were, and those that are told to go never say that they went.
    """
    return _label(client, zone, STOPPED)


def start_heartbeats(client: lightkube.Client, zone: str) -> tuple[str, ...]:
    """Let the nodes of a zone speak again; return their names. They are Ready within a second or two."""
    return _label(client, zone, None)


def _label(client: lightkube.Client, zone: str, value: str | None) -> tuple[str, ...]:
    names = tuple(
        node.metadata.name or "" for node in client.list(Node, labels={ZONE_LABEL: zone}) if node.metadata is not None
    )
    for name in names:
        client.patch(Node, name, {"metadata": {"labels": {HEARTBEAT_LABEL: value}}})
    return names
