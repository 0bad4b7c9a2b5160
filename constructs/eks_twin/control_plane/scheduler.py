"""kube-scheduler."""

from eks_twin.control_plane.kubeconfig import SCHEDULER, kubeconfig_of
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.readiness import Endpoint
from eks_twin.processes.program import Program

NAME = "kube-scheduler"


def scheduler(plan: Plan) -> Program:
    """Return kube-scheduler, with the profile that every cluster has unless it says otherwise."""
    return Program(
        name=NAME,
        command=(
            str(plan.binaries[NAME]),
            f"--kubeconfig={kubeconfig_of(plan.home, SCHEDULER)}",
            "--leader-elect=false",
            "--bind-address=127.0.0.1",
            f"--secure-port={plan.ports[NAME]}",
            f"--tls-cert-file={plan.certificates.server.certificate}",
            f"--tls-private-key-file={plan.certificates.server.key}",
            "--kube-api-qps=300",
            "--kube-api-burst=600",
            "--profiling=false",
        ),
        folder=plan.home.of(NAME),
        ports={"https": plan.ports[NAME]},
    )


def scheduler_says_ready(plan: Plan) -> Endpoint:
    """Return where kube-scheduler says that it runs."""
    return Endpoint(f"{plan.secure(NAME)}/readyz", plan.certificates.authority.certificate)
