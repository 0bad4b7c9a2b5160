"""`python -m eks_twin.metrics_api`: serves the metrics until it is told to stop."""

import signal
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from threading import Event, Thread

from eks_twin.kubernetes_clients import connect_plainly
from eks_twin.metrics_api.load import Loads
from eks_twin.metrics_api.pods import running
from eks_twin.metrics_api.server import Certificate, Metrics, server
from eks_twin.watch import Watch


def main() -> None:
    """Follow the pods, and serve."""
    options = _options()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit())  # at once, also while the API server is asked
    with connect_plainly(options.kubeconfig) as http:
        watch = Watch(http, "/api/v1/pods", running)
        certificate = Certificate(options.certificate, options.key, options.client_ca)
        serving = server(options.port, certificate, Metrics(lambda: watch.objects, Loads(options.loads)))
        Thread(target=serving.serve_forever, daemon=True).start()
        for _ in watch.follow(Event()):
            pass  # the server looks at the watch itself


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
