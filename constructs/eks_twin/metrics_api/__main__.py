"""`python -m eks_twin.metrics_api`: serves the metrics until it is told to stop."""

import signal
from argparse import ArgumentParser, Namespace
from pathlib import Path
from threading import Event, Thread

from lightkube import Client, KubeConfig
from lightkube.resources.core_v1 import Pod

from eks_twin.metrics_api.following import follow
from eks_twin.metrics_api.load import Loads
from eks_twin.metrics_api.pods import Pods
from eks_twin.metrics_api.server import Certificate, Metrics, server


def main() -> None:
    """Follow the pods, and serve."""
    options = _options()
    pods, stop = Pods(), Event()
    certificate = Certificate(options.certificate, options.key, options.client_ca)
    serving = server(options.port, certificate, Metrics(pods, Loads(options.loads)))
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    client = Client(config=KubeConfig.from_file(options.kubeconfig).get(), trust_env=False)
    Thread(target=follow, args=(client, Pod, pods, stop), daemon=True).start()
    Thread(target=serving.serve_forever, daemon=True).start()
    stop.wait()
    serving.shutdown()


def _options() -> Namespace:
    parser = ArgumentParser(prog="metrics-api", description="Serves metrics.k8s.io for the twin.")
    parser.add_argument("--kubeconfig", type=Path, required=True, help="how to reach the API server")
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--certificate", type=Path, required=True, help="the server's certificate")
    parser.add_argument("--key", type=Path, required=True, help="its key")
    parser.add_argument("--client-ca", type=Path, help="authority of the callers' certificates; default: all may call")
    parser.add_argument("--loads", type=Path, required=True, help="file with the loads, re-read when it changes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
