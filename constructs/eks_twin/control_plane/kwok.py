"""kwok: stands in for the kubelets of all nodes."""

from eks_twin.control_plane.addresses import POD_NETWORK, local
from eks_twin.control_plane.kubeconfig import NODES, kubeconfig_of
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.readiness import Endpoint
from eks_twin.control_plane.stages import write_configuration
from eks_twin.processes.program import Program

NAME = "kwok"
HEARTBEAT_LABEL = "eks-twin.kubernetes.io/heartbeat"
"""A node that carries it as `stopped` is left alone by kwok: its heartbeat ends, as if its zone were gone."""
STOPPED = "stopped"
_LEASE_SECONDS = 20
"""A kubelet's Lease holds 40 s and is renewed every 10 s. Half of both: a kwok that was killed and comes back must wait
until the Leases of its forerunner are over, and shall be done before its nodes count as lost (50 s)."""


def kwok(plan: Plan) -> Program:
    """Return kwok, which reports for every node and every pod on one, by the stages in `stages/`."""
    return Program(
        name=NAME,
        command=(
            str(plan.binaries[NAME]),
            f"--config={write_configuration(plan.home)}",
            f"--kubeconfig={kubeconfig_of(plan.home, NODES)}",
            f"--manage-nodes-with-label-selector={HEARTBEAT_LABEL}!={STOPPED}",
            f"--node-lease-duration-seconds={_LEASE_SECONDS}",
            f"--cidr={POD_NETWORK}",
            "--node-ip=127.0.0.1",
            f"--server-address={local(plan.ports[NAME])}",
            f"--tls-cert-file={plan.certificates.server.certificate}",
            f"--tls-private-key-file={plan.certificates.server.key}",
            "--v=WARN",
        ),
        folder=plan.home.of(NAME),
        environment={"KWOK_WORKDIR": str(plan.home.of(NAME))},
        ports={"kubelet": plan.ports[NAME]},
    )


def kwok_says_ready(plan: Plan) -> Endpoint:
    """Return where kwok says that it runs."""
    return Endpoint(f"{plan.secure(NAME)}/healthz", plan.certificates.authority.certificate)
