"""kube-controller-manager: Deployments, autoscalers, budgets, namespaces, the end of nodes."""

from eks_twin.control_plane.kubeconfig import CONTROLLER_MANAGER, kubeconfig_of
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.readiness import Endpoint
from eks_twin.processes.program import Program

NAME = "kube-controller-manager"


def controller_manager(plan: Plan) -> Program:
    """Return kube-controller-manager, alone, so that it need not be elected, and in no hurry towards the API server.

    Kubernetes holds it to 20 requests a second, which a hundred pods at once would wait behind. Readiness and CPU of
    young pods count at once: scenarios run in less time than Kubernetes would wait.
    """
    return Program(
        name=NAME,
        command=(
            str(plan.binaries[NAME]),
            f"--kubeconfig={kubeconfig_of(plan.home, CONTROLLER_MANAGER)}",
            "--leader-elect=false",
            "--bind-address=127.0.0.1",
            f"--secure-port={plan.ports[NAME]}",
            f"--tls-cert-file={plan.certificates.server.certificate}",
            f"--tls-private-key-file={plan.certificates.server.key}",
            "--use-service-account-credentials=true",
            f"--service-account-private-key-file={plan.certificates.service_accounts.key}",
            f"--root-ca-file={plan.certificates.authority.certificate}",
            f"--horizontal-pod-autoscaler-sync-period={plan.settings.autoscaler_period:g}s",
            "--horizontal-pod-autoscaler-initial-readiness-delay=0s",
            "--horizontal-pod-autoscaler-cpu-initialization-period=0s",
            f"--node-monitor-grace-period={plan.settings.node_grace:g}s",
            "--kube-api-qps=300",
            "--kube-api-burst=600",
            "--profiling=false",
        ),
        folder=plan.home.of(NAME),
        ports={"https": plan.ports[NAME]},
    )


def controller_manager_says_ready(plan: Plan) -> Endpoint:
    """Return where kube-controller-manager says that it runs."""
    return Endpoint(f"{plan.secure(NAME)}/healthz", plan.certificates.authority.certificate)
