"""A whole proof with made-up figures: what the page looks like at its fullest."""

from datetime import UTC, datetime

from eks_twin.proof.result import Result, Verdict
from eks_twin.proof.setting import Setting
from tests.eks_twin.proof import sample_deployments, sample_pods

SETTING = Setting(
    at=datetime(2026, 11, 20, 14, 5, tzinfo=UTC),
    environment="production",
    cores=2,
    memory_bytes=24 * 2**30,
    system="Linux x86_64",
    versions={
        "Kubernetes": "1.36.3",
        "etcd": "3.6.16",
        "KEDA": "2.20.2",
        "kwok": "0.8.0",
        "Istio": "1.30.3",
        "CDK": "2.1148.1",
    },
    notes=(
        "Real: the CDK CLI, the API server, etcd, the controllers, the scheduler, KEDA, and Istio's analysis.",
        "Simulated: nodes, kubelets, probes, load balancers, IAM, and the network between pods.",
    ),
)

_LEFT_OUT = Result(
    name="mesh",
    title="Istio finds no fault",
    expectation="istioctl analyze reports no error, and no warning that is not acknowledged, in any environment.",
    verdict=Verdict.LEFT_OUT,
    seconds=0,
    reasons=["istioctl is not built. Run `api-platform twin binaries istio`, which takes about four minutes."],
)
_RUN = (
    (
        "delivery",
        "What is rendered is what runs",
        "The API server holds every object of dist/production, equal but for defaults, and nothing of a deleted stack.",
        84.2,
        sample_deployments.delivery,
    ),
    (
        "admission",
        "The API server refuses what is wrong",
        "Every object passes a server-side dry run, and each broken manifest is refused with a message.",
        12.9,
        sample_deployments.admission,
    ),
    (
        "spread",
        "A zone may fail",
        "No zone holds more than one pod of a service more than another, and a lost zone is made good in two minutes.",
        96.0,
        sample_pods.spread,
    ),
    (
        "disruption",
        "Nodes can be drained",
        "However the nodes are drained, no service ever has fewer ready pods than its budget says.",
        61.5,
        sample_pods.disruption,
    ),
    (
        "rollout",
        "A bad image stops at the door",
        "During a rollout ready pods never fall under the wanted number, and a bad image leaves the old pods serving.",
        47.7,
        sample_deployments.rollout,
    ),
    (
        "scaling",
        "Replicas follow the load as fast as the policy allows",
        "Each workload reaches its maximum and comes back, and is never a replica beyond what its policy allows.",
        138.0,
        sample_pods.scaling,
    ),
    (
        "faults",
        "A deploy that is broken off can be repeated",
        "After a kill at any place, running the deploy again converges: nothing is lost and nothing is doubled.",
        112.4,
        sample_deployments.faults,
    ),
)


def results() -> list[Result]:
    """All eight scenarios; two failed and one was left out."""
    made = []
    for name, title, expectation, seconds, measure in _RUN:
        outcome = measure()
        made.append(
            Result(
                name=name,
                title=title,
                expectation=expectation,
                seconds=seconds,
                verdict=outcome.verdict,
                reasons=outcome.reasons,
                outcome=outcome,
            )
        )
    return [*made[:-1], _LEFT_OUT, made[-1]]
