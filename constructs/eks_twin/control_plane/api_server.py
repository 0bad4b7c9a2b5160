"""kube-apiserver."""

from pathlib import Path

from eks_twin.control_plane.addresses import SERVICE_NETWORK, local
from eks_twin.control_plane.certificates import FRONT_PROXY_CLIENT, Certificates
from eks_twin.control_plane.kubeconfig import ADMINISTRATOR
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.readiness import Endpoint
from eks_twin.home import Home
from eks_twin.processes.program import Program

NAME = "kube-apiserver"


def tokens_file(home: Home) -> Path:
    """Return the file by which the API server knows its users."""
    return home.of("control-plane") / "tokens.csv"


def api_server(plan: Plan) -> Program:
    """Return kube-apiserver: admission as Kubernetes has it by default, with Pod Security; on loopback alone."""
    return Program(
        name=NAME,
        command=(
            str(plan.binaries[NAME]),
            *_serving(plan.ports[NAME], plan.certificates),
            *_who_is_who(tokens_file(plan.home), plan.certificates),
            *_aggregation(plan.certificates),
            f"--etcd-servers=http://{local(plan.ports['etcd'])}",
            f"--service-cluster-ip-range={SERVICE_NETWORK}",
            f"--default-not-ready-toleration-seconds={plan.settings.eviction_after}",
            f"--default-unreachable-toleration-seconds={plan.settings.eviction_after}",
            # As on EKS: else privileged pods fail before Pod Security is asked.
            "--allow-privileged=true",
            # The names of nodes mean nothing to the machine's own DNS.
            "--kubelet-preferred-address-types=InternalIP",
            "--profiling=false",
        ),
        folder=plan.home.of(NAME),
        ports={"https": plan.ports[NAME]},
    )


def api_server_says_ready(plan: Plan) -> Endpoint:
    """Return where the API server says that it is ready, to the administrator."""
    token = plan.users[ADMINISTRATOR].token
    return Endpoint(f"{plan.secure(NAME)}/readyz", plan.certificates.authority.certificate, token)


def _serving(port: int, certificates: Certificates) -> tuple[str, ...]:
    return (
        "--bind-address=127.0.0.1",
        f"--secure-port={port}",
        f"--tls-cert-file={certificates.server.certificate}",
        f"--tls-private-key-file={certificates.server.key}",
        # Without a reconciler nobody makes endpoints of our address, which as loopback would be refused.
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
    )


def _who_is_who(tokens: Path, certificates: Certificates) -> tuple[str, ...]:
    return (
        "--authorization-mode=RBAC",
        f"--token-auth-file={tokens}",
        f"--client-ca-file={certificates.authority.certificate}",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={certificates.service_accounts.certificate}",
        f"--service-account-signing-key-file={certificates.service_accounts.key}",
    )


def _aggregation(certificates: Certificates) -> tuple[str, ...]:
    """Return what lets APIs of other servers be asked through this one.

    Not `--enable-aggregator-routing`: with it, a Service of type ExternalName, by which we reach loopback, is refused.
    """
    return (
        f"--requestheader-client-ca-file={certificates.front_proxy_authority.certificate}",
        f"--requestheader-allowed-names={FRONT_PROXY_CLIENT}",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        f"--proxy-client-cert-file={certificates.front_proxy_client.certificate}",
        f"--proxy-client-key-file={certificates.front_proxy_client.key}",
    )
