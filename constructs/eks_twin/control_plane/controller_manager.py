"""kube-controller-manager: Deployments, autoscalers, budgets, namespaces, the end of nodes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from eks_twin.control_plane.kubeconfig import CONTROLLER_MANAGER, kubeconfig_of
from eks_twin.control_plane.plan import Plan
from eks_twin.control_plane.readiness import Endpoint, wait_until_ready
from eks_twin.control_plane.settings import Settings
from eks_twin.home import Home
from eks_twin.processes import Program, run_program
from eks_twin.processes.program import requested

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
            *_timings(plan.settings),
            "--horizontal-pod-autoscaler-initial-readiness-delay=0s",
            "--horizontal-pod-autoscaler-cpu-initialization-period=0s",
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


@contextmanager
def other_timings(home: Home, settings: Settings) -> Iterator[None]:
    """Let the kube-controller-manager that runs there keep these times until the end of the block.

    It is started anew for that, and at the end once more; not where its times are these already. Raises TwinError
    where it does not run, or does not come up.
    """
    (before,) = (program for program in requested(home) if program.name == NAME)
    _run_anew(home, _with_timings(before, settings), settings)
    try:
        yield
    finally:
        _run_anew(home, before, settings)


def _timings(settings: Settings) -> tuple[str, ...]:
    return (
        f"--horizontal-pod-autoscaler-sync-period={settings.autoscaler_period:g}s",
        f"--node-monitor-grace-period={settings.node_grace:g}s",
        f"--node-eviction-rate={1 / settings.eviction_step:g}",
    )


def _with_timings(program: Program, settings: Settings) -> Program:
    timings = {_flag(word): word for word in _timings(settings)}
    return replace(program, command=tuple(timings.get(_flag(word), word) for word in program.command))


def _flag(word: str) -> str:
    return word.partition("=")[0]


def _run_anew(home: Home, program: Program, settings: Settings) -> None:
    run_program(home, program)
    ready = controller_manager_says_ready(Plan(home, binaries={}, ports={NAME: program.ports["https"]}))
    wait_until_ready(home, NAME, ready.answers, settings.ready_deadline)
