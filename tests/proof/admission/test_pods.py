from api_platform.proof.admission.bad_pod import pods_of, spoiled
from api_platform.proof.admission.pods import CONTROL, insecure_pods, unaffordable_pods
from tests.whole_platform import rendering_of

CHECKS = (
    "allowPrivilegeEscalation != false",
    "forbidden AppArmor profile",
    "unrestricted capabilities",
    "host namespaces",
    "hostPort",
    "probe or lifecycle host",
    "privileged (",
    "procMount",
    "restricted volume types",
    "runAsNonRoot != true",
    "runAsUser=0",
    "seLinuxOptions",
    "seccompProfile",
    "forbidden sysctls",
    "hostProcess",
)
"""What each check of the standard `restricted` says, in Kubernetes 1.36 (k8s.io/pod-security-admission/policy).

Those of `baseline` that a stricter one of `restricted` stands for are left out: volumes on the node's disk,
capabilities that do not come by default.
"""


def test_every_check_of_the_standard_has_a_pod() -> None:
    words = [row.refusal for row in insecure_pods()]
    unseen = [check for check in CHECKS if not any(check.removesuffix(" (") in one for one in words)]
    assert unseen == []


def test_all_are_made_from_one_pod_of_ours() -> None:
    pods = pods_of(rendering_of("production").objects)
    table = (*insecure_pods(), *unaffordable_pods())
    assert {spoiled(row, pods)["metadata"]["name"] for row in table} == {CONTROL}


def test_no_two_are_called_the_same() -> None:
    names = [row.what for row in (*insecure_pods(), *unaffordable_pods())]
    assert sorted(set(names)) == sorted(names)


def test_no_more_is_changed_than_the_api_server_asks_for() -> None:
    """Two facts where one alone would be refused as a contradiction, before Pod Security is asked."""
    two = {row.what for row in insecure_pods() if len(row.edits) > 1}
    assert two == {"Privileged", "No seccomp profile", "A process of the node, on Windows", "All of /proc"}
