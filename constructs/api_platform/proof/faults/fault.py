"""The faults: who is hurt, and when that is over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from httpx2 import HTTPError, get

from api_platform.proof.stage import ProofStage
from eks_twin.cloud.outage import CUT_SECONDS, cut_off
from eks_twin.control_plane.faults import is_back, kill

_BACK_SECONDS = 60.0

IsOver = Callable[[], bool]


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong."""

    name: str
    strike: Callable[[ProofStage], IsOver]
    """Does it, and returns what says whether it is over."""
    over_within: float = _BACK_SECONDS
    """Seconds."""


def killed(program: str) -> Callable[[ProofStage], IsOver]:
    """Return what kills a program of the control plane, which the supervisor starts again as a kubelet would."""

    def strike(stage: ProofStage) -> IsOver:
        before = kill(stage.home, program)
        return lambda: is_back(stage.home, program, before) and _api_server_is_ready(stage)

    return strike


def cut(stage: ProofStage) -> IsOver:
    """Cut the twin off from its AWS: connections are refused, and AWS goes on with what it was at."""
    cut_off(stage.twin.home)
    started = False

    def is_over() -> bool:
        nonlocal started
        answers = _aws_answers(stage)
        started = started or not answers
        return started and answers

    return is_over


FAULTS: Sequence[Fault] = (
    Fault("API server killed", killed("kube-apiserver")),
    Fault("etcd killed", killed("etcd")),
    Fault("controller manager killed", killed("kube-controller-manager")),
    Fault(f"AWS cut off for {CUT_SECONDS:.0f} s", cut, CUT_SECONDS + _BACK_SECONDS),
)


def _api_server_is_ready(stage: ProofStage) -> bool:
    return stage.kubectl("get", "--raw", "/readyz").returncode == 0


def _aws_answers(stage: ProofStage) -> bool:
    try:
        get(f"{stage.twin.endpoint}/moto-api/", timeout=2, trust_env=False)
    except HTTPError:
        return False
    return True
