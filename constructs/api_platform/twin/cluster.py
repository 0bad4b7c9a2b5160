"""A client of the twin's API server."""

import lightkube
from lightkube.config.kubeconfig import KubeConfig

from api_platform.twin.home import Home


def connect(home: Home, namespace: str = "default") -> lightkube.Client:
    """Return a client for the twin in this folder. `namespace`: where objects are looked for unless a call says."""
    return lightkube.Client(config=KubeConfig.from_file(home.kubeconfig), namespace=namespace, trust_env=False)
