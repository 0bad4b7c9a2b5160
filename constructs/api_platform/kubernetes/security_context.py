"""What a pod may do to its node: nothing (Pod Security Standard `restricted`, and more)."""

from cdk8s_plus_27 import k8s

from api_platform.service import Workload


def pod_security_context(workload: Workload) -> k8s.PodSecurityContext:
    """Return the pod's part: an ordinary user, whose group owns the volumes, under the runtime's seccomp profile."""
    return k8s.PodSecurityContext(
        run_as_non_root=True,
        run_as_user=workload.user,
        run_as_group=workload.user,
        fs_group=workload.user,
        seccomp_profile=k8s.SeccompProfile(type="RuntimeDefault"),
    )


def container_security_context() -> k8s.SecurityContext:
    """Return the container's part: a read-only root and no capability at all."""
    return k8s.SecurityContext(
        allow_privilege_escalation=False,
        capabilities=k8s.Capabilities(drop=["ALL"]),
        privileged=False,
        read_only_root_filesystem=True,
        run_as_non_root=True,
        seccomp_profile=k8s.SeccompProfile(type="RuntimeDefault"),
    )
