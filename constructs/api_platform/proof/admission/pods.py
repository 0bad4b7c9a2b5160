"""Bad pods: each a pod of our own with, where the API server lets it come to that, one fact changed.

The first table goes through every check of the Pod Security Standard `restricted`, the second through what our
LimitRange and our ResourceQuota refuse.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api_platform.proof.admission.bad_pod import BadPod, bad
from api_platform.proof.mesh_analysis.draft import put, remove

CONTROL = "api-service"
"""Whose pod is made bad."""
_POD = f"Pod {CONTROL}"
_CONTAINER = "spec containers 0"
_OF_POD = "spec securityContext"
_OF_CONTAINER = f"{_CONTAINER} securityContext"


def insecure_pods() -> Sequence[BadPod]:
    """Return at least one pod for each check of the standard `restricted`."""
    return (*_on_the_host(), *_privileged(), *_unconfined())


def unaffordable_pods() -> Sequence[BadPod]:
    """Return pods that ask for what the namespace does not give."""
    more = {"requests": {"cpu": "100000"}}
    return (
        bad(
            "A larger pod than the namespace's limits",
            "maximum memory usage per Container is",
            put(_POD, f"{_CONTAINER} resources limits memory", "64Gi"),
        ),
        bad(
            "More processors than the namespace's quota",
            "exceeded quota: services, requested: requests.cpu=100k",
            put(_POD, "spec resources", more),
        ),
    )


def _on_the_host() -> Sequence[BadPod]:
    return (
        bad("In the node's network", "host namespaces (hostNetwork=true)", put(_POD, "spec hostNetwork", True)),
        bad("Among the node's processes", "host namespaces (hostPID=true)", put(_POD, "spec hostPID", True)),
        bad("With the node's shared memory", "host namespaces (hostIPC=true)", put(_POD, "spec hostIPC", True)),
        bad(
            "On a port of the node",
            'hostPort (container "api-service" uses hostPort 8080)',
            put(_POD, f"{_CONTAINER} ports 0 hostPort", 8080),
        ),
        bad(
            "With the node's disk",
            'restricted volume types (volume "tmp" uses restricted volume type "hostPath")',
            _volume({"hostPath": {"path": "/var/lib"}}),
        ),
        bad(
            "With a disk that no claim stands for",
            'restricted volume types (volume "tmp" uses restricted volume type "nfs")',
            _volume({"nfs": {"server": "files", "path": "/"}}),
        ),
        bad(
            "A probe of another host",
            'probe or lifecycle host (container "api-service" uses probe or lifecycle host "example.com")',
            put(_POD, f"{_CONTAINER} livenessProbe httpGet host", "example.com"),
        ),
        bad(
            "A process of the node, on Windows",
            "hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)",
            put(_POD, f"{_OF_POD} windowsOptions", {"hostProcess": True, "runAsUserName": "NT AUTHORITY\\SYSTEM"}),
            put(_POD, "spec hostNetwork", True),
        ),
    )


def _privileged() -> Sequence[BadPod]:
    escalation = f"{_OF_CONTAINER} allowPrivilegeEscalation"
    added = f"{_OF_CONTAINER} capabilities add"
    return (
        # Without the second, it would be refused as a contradiction.
        bad(
            "Privileged",
            'privileged (container "api-service" must not set securityContext.privileged=true)',
            put(_POD, f"{_OF_CONTAINER} privileged", True),
            remove(_POD, escalation),
        ),
        bad("May gain privileges", "allowPrivilegeEscalation != false", put(_POD, escalation, True)),
        bad("Does not say that it may gain none", "allowPrivilegeEscalation != false", remove(_POD, escalation)),
        bad("As root", "runAsUser=0 (pod must not set runAsUser=0)", put(_POD, f"{_OF_POD} runAsUser", 0)),
        bad("As root if the image says so", "runAsNonRoot != true", put(_POD, f"{_OF_CONTAINER} runAsNonRoot", False)),
        bad(
            "With a capability added",
            'unrestricted capabilities (container "api-service" must not include "NET_ADMIN"',
            put(_POD, added, ["NET_ADMIN"]),
        ),
        bad(
            "With all capabilities that come by default",
            'must set securityContext.capabilities.drop=["ALL"]',
            remove(_POD, f"{_OF_CONTAINER} capabilities"),
        ),
    )


def _unconfined() -> Sequence[BadPod]:
    label = {"type": "spc_t"}
    sysctl = [{"name": "kernel.msgmax", "value": "65536"}]
    return (
        bad(
            "Any system call",
            'seccompProfile.type to "Unconfined"',
            put(_POD, f"{_OF_CONTAINER} seccompProfile type", "Unconfined"),
        ),
        bad(
            "No seccomp profile",
            'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
            remove(_POD, f"{_OF_CONTAINER} seccompProfile"),
            remove(_POD, f"{_OF_POD} seccompProfile"),
        ),
        bad(
            "Without AppArmor",
            'forbidden AppArmor profile (container "api-service" must not set AppArmor profile type to "Unconfined")',
            put(_POD, f"{_OF_CONTAINER} appArmorProfile", {"type": "Unconfined"}),
        ),
        bad(
            "An SELinux type of its own",
            'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "spc_t")',
            put(_POD, f"{_OF_POD} seLinuxOptions", label),
        ),
        bad("A setting of the kernel", "forbidden sysctls (kernel.msgmax)", put(_POD, f"{_OF_POD} sysctls", sysctl)),
        bad(
            "All of /proc",
            'procMount (container "api-service" must not set securityContext.procMount to "Unmasked")',
            put(_POD, f"{_OF_CONTAINER} procMount", "Unmasked"),
            put(_POD, "spec hostUsers", False),
        ),
    )


def _volume(source: Mapping[str, Any]) -> Any:
    return put(_POD, "spec volumes 0", {"name": "tmp", **source})
