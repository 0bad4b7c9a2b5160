"""The only places where a container with a read-only root may write, and the secrets that it reads."""

from cdk8s_plus_27 import k8s

from api_platform.service import Memory, Workload

SECRETS_PATH = "/var/run/secrets/api-platform"
SCRATCH_PATH = "/scratch"
_TMP_LIMIT = Memory.mebibytes(128)
_OWNER_AND_GROUP_READ = 0o440


def volumes(workload: Workload) -> list[k8s.Volume]:
    """Return the pod's volumes."""
    empty = [_empty("tmp", _TMP_LIMIT)] + ([_empty("scratch", workload.scratch)] if workload.scratch else [])
    return empty + [
        k8s.Volume(
            name=f"secret-{secret}",
            secret=k8s.SecretVolumeSource(secret_name=f"{workload.name}-{secret}", default_mode=_OWNER_AND_GROUP_READ),
        )
        for secret in workload.secrets
    ]


def volume_mounts(workload: Workload) -> list[k8s.VolumeMount]:
    """Return where the container finds them."""
    mounts = [k8s.VolumeMount(name="tmp", mount_path="/tmp")]  # noqa: S108 - the container's own, on a sized volume
    if workload.scratch:
        mounts.append(k8s.VolumeMount(name="scratch", mount_path=SCRATCH_PATH))
    return mounts + [
        k8s.VolumeMount(name=f"secret-{secret}", mount_path=f"{SECRETS_PATH}/{secret}", read_only=True)
        for secret in workload.secrets
    ]


def _empty(name: str, size: Memory) -> k8s.Volume:
    return k8s.Volume(name=name, empty_dir=k8s.EmptyDirVolumeSource(size_limit=k8s.Quantity.from_string(str(size))))
