"""Disks of nodes: encrypted, and made in the zone of the pod that asks."""

from cdk8s_plus_27 import k8s
from constructs import Construct

from api_platform import names
from api_platform.labels import platform_metadata


def storage_class(scope: Construct) -> k8s.KubeStorageClass:
    """Create the class for encrypted gp3 volumes. A volume stays in its zone, and so does its pod."""
    return k8s.KubeStorageClass(
        scope,
        "storage-class",
        metadata=platform_metadata(names.STORAGE_CLASS),
        provisioner="ebs.csi.aws.com",
        parameters={"type": "gp3", "encrypted": "true"},
        reclaim_policy="Delete",
        volume_binding_mode="WaitForFirstConsumer",
        allow_volume_expansion=True,
    )
