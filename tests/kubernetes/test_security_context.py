from typing import Any

from tests.kubernetes.pods import container_of, pod_of
from tests.specs import a_workload


def of_the_pod() -> dict[str, Any]:
    return dict(pod_of(a_workload())["securityContext"])


def of_the_container() -> dict[str, Any]:
    return dict(container_of(a_workload())["securityContext"])


def test_the_pod_runs_as_user_1000() -> None:
    assert of_the_pod()["runAsUser"] == 1000


def test_the_pod_runs_as_group_1000() -> None:
    """Left out, the group is root's."""
    assert of_the_pod()["runAsGroup"] == 1000


def test_its_volumes_belong_to_group_1000() -> None:
    """Else the mounted secrets could be read by root alone."""
    assert of_the_pod()["fsGroup"] == 1000


def test_another_user_of_the_spec_is_user_and_both_groups() -> None:
    context = pod_of(a_workload(user=2000))["securityContext"]
    assert [context[key] for key in ("runAsUser", "runAsGroup", "fsGroup")] == [2000, 2000, 2000]


def test_neither_pod_nor_container_may_run_as_root() -> None:
    assert (of_the_pod()["runAsNonRoot"], of_the_container()["runAsNonRoot"]) == (True, True)


def test_both_are_under_the_runtimes_seccomp_profile() -> None:
    profile = {"type": "RuntimeDefault"}
    assert (of_the_pod()["seccompProfile"], of_the_container()["seccompProfile"]) == (profile, profile)


def test_the_root_filesystem_is_read_only() -> None:
    assert of_the_container()["readOnlyRootFilesystem"] is True


def test_privileges_cannot_be_escalated() -> None:
    assert of_the_container()["allowPrivilegeEscalation"] is False


def test_the_container_is_not_privileged() -> None:
    assert of_the_container()["privileged"] is False


def test_all_capabilities_are_dropped_and_none_added() -> None:
    assert of_the_container()["capabilities"] == {"drop": ["ALL"]}


def test_the_pod_shares_nothing_with_its_node() -> None:
    assert {"hostNetwork", "hostPID", "hostIPC", "hostUsers"}.isdisjoint(pod_of(a_workload()))
