"""etcd: the store behind the API server."""

from eks_twin.control_plane.addresses import local
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.readiness import Endpoint
from eks_twin.processes.program import Program

NAME = "etcd"
PEERS = "etcd-peers"


def etcd(plan: Plan) -> Program:
    """Return etcd, of one member.

    It does not wait for the disk (`--unsafe-no-fsync`): what it wrote survives its own end, however sudden, since the
    system holds it; a loss of power it need not survive.
    """
    clients, peers = (f"http://{local(plan.ports[port])}" for port in (NAME, PEERS))
    return Program(
        name=NAME,
        command=(
            str(plan.binaries[NAME]),
            "--name=twin",
            f"--data-dir={plan.home.of(NAME) / 'data'}",
            f"--listen-client-urls={clients}",
            f"--advertise-client-urls={clients}",
            f"--listen-peer-urls={peers}",
            f"--initial-advertise-peer-urls={peers}",
            f"--initial-cluster=twin={peers}",
            "--unsafe-no-fsync",
            "--enable-grpc-gateway=false",
            "--log-level=warn",
        ),
        folder=plan.home.of(NAME),
        ports={"clients": plan.ports[NAME], "peers": plan.ports[PEERS]},
    )


def etcd_says_ready(plan: Plan) -> Endpoint:
    """Return where etcd says that it has a leader: itself."""
    return Endpoint(f"http://{local(plan.ports[NAME])}/health")
