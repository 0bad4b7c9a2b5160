"""Clients of the twin's API server."""

from pathlib import Path

import httpx2
import lightkube
from lightkube.config.client_adapter import Client, ConnectionParams
from lightkube.config.kubeconfig import KubeConfig, SingleConfig

from eks_twin.errors import TwinError, command
from eks_twin.home import Home

_TIMEOUT_SECONDS = 30.0


def connect(home: Home, namespace: str = "default") -> lightkube.Client:
    """Return a client with models. `namespace`: where objects are looked for unless a call says."""
    return lightkube.Client(config=KubeConfig.from_file(home.kubeconfig), namespace=namespace, trust_env=False)


def connect_plainly(kubeconfig: Path) -> httpx2.Client:
    """Return a client without models, which would drop the fields that they do not know. Safe to use from threads.

    Raises TwinError where the file names no cluster.
    """
    config = KubeConfig.from_file(kubeconfig).get()
    if config is None:
        raise TwinError(f"{kubeconfig} names no cluster. Start a twin: {command()} up")
    return _plain(config)


def without_models(client: lightkube.Client) -> httpx2.Client:
    """Return a client of the same API server without models, as of `connect_plainly`."""
    return _plain(client.config)


def _plain(config: SingleConfig) -> httpx2.Client:
    return Client(config, ConnectionParams(timeout=httpx2.Timeout(_TIMEOUT_SECONDS), trust_env=False))
