"""The server of the metrics as a program of the twin, known to the API server."""

import sys
from pathlib import Path

from eks_twin.control_plane import ControlPlane
from eks_twin.control_plane.aggregated_api import AggregatedApi, is_available, register, serving_certificate
from eks_twin.control_plane.certificates import Certificates, Pair
from eks_twin.control_plane.readiness import wait_until_ready
from eks_twin.home import Home
from eks_twin.kubernetes_clients import connect
from eks_twin.metrics_api.load import Loads
from eks_twin.processes import Program, free_ports, run_program

NAME = "metrics-api"
_READY_SECONDS = 30.0


def loads(home: Home) -> Loads:
    """Return the loads of a twin's workloads, to be set by a scenario."""
    return Loads(home.of(NAME) / "loads.json")


def start_metrics_api(plane: ControlPlane) -> None:
    """Start the server, and return when the API server answers metrics.k8s.io by it. All is idle then.

    Raises TwinError with the end of its log.
    """
    api = metrics_api(free_ports([NAME])[NAME])
    loads(plane.home).set({})
    run_program(plane.home, metrics_program(plane.home, api, serving_certificate(plane.certificates, api)))
    client = connect(plane.home)
    register(client, plane.certificates, api)
    wait_until_ready(plane.home, NAME, lambda: is_available(client, api), _READY_SECONDS)


def metrics_api(port: int) -> AggregatedApi:
    """Return the API, under the names that metrics-server has on EKS."""
    return AggregatedApi("metrics.k8s.io", "v1beta1", "metrics-server", "kube-system", port)


def metrics_program(home: Home, api: AggregatedApi, certificate: Pair) -> Program:
    """Return the server as a program."""
    options: dict[str, Path | int] = {
        "kubeconfig": home.kubeconfig,
        "port": api.port,
        "certificate": certificate.certificate,
        "key": certificate.key,
        "client-ca": Certificates(home.certificates).front_proxy_authority.certificate,
        "loads": loads(home).file,
    }
    return Program(
        name=NAME,
        command=(
            sys.executable,
            "-m",
            "eks_twin.metrics_api",
            *(f"--{name}={value}" for name, value in options.items()),
        ),
        folder=home.of(NAME),
        ports={"https": api.port},
    )
