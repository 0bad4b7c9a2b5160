from typing import Any

from api_platform.service import DatabaseAccess, Memory, Resources, SecretAccess, Workload
from tests.kubernetes.pods import container_of, pod_of
from tests.specs import a_workload

PLAIN = a_workload()
SCRATCH = a_workload(
    scratch=Memory.gibibytes(2),
    resources=Resources.model_validate({**dict(PLAIN.resources), "ephemeral_storage": Memory.gibibytes(4)}),
)
SECRETS = a_workload(uses=(DatabaseAccess(), SecretAccess(secret="jwt")))


def volumes_of(workload: Workload) -> dict[str, dict[str, Any]]:
    return {volume["name"]: volume for volume in pod_of(workload)["volumes"]}


def mounts_of(workload: Workload) -> dict[str, dict[str, Any]]:
    return {mount["name"]: mount for mount in container_of(workload)["volumeMounts"]}


def test_tmp_can_be_written_and_is_sized() -> None:
    """Without a limit a full /tmp takes the node's disk, and with it the neighbours'."""
    assert volumes_of(PLAIN)["tmp"] == {"name": "tmp", "emptyDir": {"sizeLimit": "128Mi"}}


def test_tmp_is_where_programs_look_for_it() -> None:
    assert mounts_of(PLAIN)["tmp"] == {"name": "tmp", "mountPath": "/tmp"}  # noqa: S108 - a path in the container


def test_a_workload_gets_no_scratch_volume_that_it_does_not_ask_for() -> None:
    assert set(volumes_of(PLAIN)) == {"tmp"}


def test_scratch_has_the_size_that_the_spec_says() -> None:
    assert volumes_of(SCRATCH)["scratch"] == {"name": "scratch", "emptyDir": {"sizeLimit": "2Gi"}}


def test_scratch_can_be_written() -> None:
    assert mounts_of(SCRATCH)["scratch"] == {"name": "scratch", "mountPath": "/scratch"}


def test_secrets_are_files_and_not_variables() -> None:
    """Variables end up in crash reports, and in the output of `kubectl describe`."""
    assert "env" not in container_of(SECRETS)
    assert {"secret-database", "secret-jwt"} <= set(mounts_of(SECRETS))


def test_a_secret_is_read_from_the_workloads_own_copy() -> None:
    """The name that its ExternalSecret writes; under another one the pod would wait for ever."""
    assert volumes_of(SECRETS)["secret-jwt"]["secret"]["secretName"] == "orders-jwt"


def test_secrets_can_be_read_by_owner_and_group_alone() -> None:
    assert volumes_of(SECRETS)["secret-jwt"]["secret"]["defaultMode"] == 0o440


def test_a_pod_waits_for_its_secrets() -> None:
    """An optional secret that is not there yet would be an empty folder, for good."""
    assert "optional" not in volumes_of(SECRETS)["secret-database"]["secret"]


def test_each_secret_has_a_folder_of_its_own() -> None:
    mounts = mounts_of(SECRETS)
    assert (mounts["secret-database"]["mountPath"], mounts["secret-jwt"]["mountPath"]) == (
        "/var/run/secrets/api-platform/database",
        "/var/run/secrets/api-platform/jwt",
    )


def test_secrets_are_read_only() -> None:
    assert mounts_of(SECRETS)["secret-jwt"]["readOnly"] is True


def test_every_volume_is_mounted() -> None:
    workload = a_workload(**{**dict(SCRATCH), "uses": SECRETS.uses})
    assert set(volumes_of(workload)) == set(mounts_of(workload)) == {"tmp", "scratch", "secret-database", "secret-jwt"}
