"""Bad pods: each a pod of our own with, where the API server lets it come to that, one fact changed.

The first table goes through every check of the Pod Security Standard `restricted`, the second through what else a
namespace demands of its pods: quota, limits, priority, identity.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api_platform.proof.admission.broken import Broken, broken
from api_platform.proof.mesh_analysis.draft import put, remove

CONTROL = "api-service"
"""Whose pod is made bad."""
_POD = f"Pod {CONTROL}"
_CONTAINER = "spec containers 0"
_OF_POD = "spec securityContext"
_OF_CONTAINER = f"{_CONTAINER} securityContext"


def insecure_pods() -> Sequence[Broken]:
    """Return at least one pod for each check of the standard `restricted`."""
    return (*_on_the_host(), *_privileged(), *_unconfined())


def unaffordable_pods() -> Sequence[Broken]:
    """Return pods that ask for what the namespace does not give."""
    more = {"requests": {"cpu": "100000"}}
    return (
        broken(
            "A priority that nobody made",
            "no PriorityClass with name urgent was found",
            put(_POD, "spec priorityClassName", "urgent"),
        ),
        broken(
            "An identity that nobody made",
            'serviceaccount "nobody" not found',
            put(_POD, "spec serviceAccountName", "nobody"),
        ),
        broken(
            "A larger pod than the namespace's limits",
            "maximum memory usage per Container is",
            put(_POD, f"{_CONTAINER} resources limits memory", "64Gi"),
        ),
        broken(
            "More processors than the namespace's quota",
            "exceeded quota: services, requested: requests.cpu=100k",
            put(_POD, "spec resources", more),
        ),
        broken(
            "A priority typed by hand",
            "the integer value of priority (200000) must not be provided in pod spec",
            put(_POD, "spec priority", 200_000),
        ),
    )


def _on_the_host() -> Sequence[Broken]:
    return (
        broken("In the node's network", "host namespaces (hostNetwork=true)", put(_POD, "spec hostNetwork", True)),
        broken("Among the node's processes", "host namespaces (hostPID=true)", put(_POD, "spec hostPID", True)),
        broken("With the node's shared memory", "host namespaces (hostIPC=true)", put(_POD, "spec hostIPC", True)),
        broken(
            "On a port of the node",
            'hostPort (container "api-service" uses hostPort 8080)',
            put(_POD, f"{_CONTAINER} ports 0 hostPort", 8080),
        ),
        broken(
            "With the node's disk",
            'restricted volume types (volume "tmp" uses restricted volume type "hostPath")',
            _volume({"hostPath": {"path": "/var/lib"}}),
        ),
        broken(
            "With a disk that no claim stands for",
            'restricted volume types (volume "tmp" uses restricted volume type "nfs")',
            _volume({"nfs": {"server": "files", "path": "/"}}),
        ),
        broken(
            "A probe of another host",
            'probe or lifecycle host (container "api-service" uses probe or lifecycle host "example.com")',
            put(_POD, f"{_CONTAINER} livenessProbe httpGet host", "example.com"),
        ),
        broken(
            "A process of the node, on Windows",
            "hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)",
            put(_POD, f"{_OF_POD} windowsOptions", {"hostProcess": True, "runAsUserName": "NT AUTHORITY\\SYSTEM"}),
            put(_POD, "spec hostNetwork", True),
        ),
    )


def _privileged() -> Sequence[Broken]:
    escalation = f"{_OF_CONTAINER} allowPrivilegeEscalation"
    added = f"{_OF_CONTAINER} capabilities add"
    return (
        # Without the second, it would be refused as a contradiction.
        broken(
            "Privileged",
            'privileged (container "api-service" must not set securityContext.privileged=true)',
            put(_POD, f"{_OF_CONTAINER} privileged", True),
            remove(_POD, escalation),
        ),
        broken("May gain privileges", "allowPrivilegeEscalation != false", put(_POD, escalation, True)),
        broken("Does not say that it may gain none", "allowPrivilegeEscalation != false", remove(_POD, escalation)),
        broken("As root", "runAsUser=0 (pod must not set runAsUser=0)", put(_POD, f"{_OF_POD} runAsUser", 0)),
        broken(
            "As root if the image says so", "runAsNonRoot != true", put(_POD, f"{_OF_CONTAINER} runAsNonRoot", False)
        ),
        broken(
            "With a capability added",
            'unrestricted capabilities (container "api-service" must not include "NET_ADMIN"',
            put(_POD, added, ["NET_ADMIN"]),
        ),
        broken(
            "With all capabilities that come by default",
            'must set securityContext.capabilities.drop=["ALL"]',
            remove(_POD, f"{_OF_CONTAINER} capabilities"),
        ),
    )


def _unconfined() -> Sequence[Broken]:
    label = {"type": "spc_t"}
    sysctl = [{"name": "kernel.msgmax", "value": "65536"}]
    return (
        broken(
            "Any system call",
            'seccompProfile.type to "Unconfined"',
            put(_POD, f"{_OF_CONTAINER} seccompProfile type", "Unconfined"),
        ),
        broken(
            "No seccomp profile",
            'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
            remove(_POD, f"{_OF_CONTAINER} seccompProfile"),
            remove(_POD, f"{_OF_POD} seccompProfile"),
        ),
        broken(
            "Without AppArmor",
            'forbidden AppArmor profile (container "api-service" must not set AppArmor profile type to "Unconfined")',
            put(_POD, f"{_OF_CONTAINER} appArmorProfile", {"type": "Unconfined"}),
        ),
        broken(
            "An SELinux type of its own",
            'seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "spc_t")',
            put(_POD, f"{_OF_POD} seLinuxOptions", label),
        ),
        broken("A setting of the kernel", "forbidden sysctls (kernel.msgmax)", put(_POD, f"{_OF_POD} sysctls", sysctl)),
        broken(
            "All of /proc",
            'procMount (container "api-service" must not set securityContext.procMount to "Unmasked")',
            put(_POD, f"{_OF_CONTAINER} procMount", "Unmasked"),
            put(_POD, "spec hostUsers", False),
        ),
    )


def _volume(source: Mapping[str, Any]) -> Any:
    return put(_POD, "spec volumes 0", {"name": "tmp", **source})
