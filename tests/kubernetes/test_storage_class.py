from api_platform.kubernetes.storage_class import storage_class
from tests.rendering import Manifest, object_of


def rendered() -> Manifest:
    return object_of(storage_class)


def test_its_volumes_are_encrypted_gp3() -> None:
    """Parameters are text: a plain `true` would be refused."""
    assert rendered()["parameters"] == {"type": "gp3", "encrypted": "true"}


def test_a_volume_is_made_where_its_pod_is() -> None:
    """Made at once, it may lie in a zone where the pod may not run."""
    assert rendered()["volumeBindingMode"] == "WaitForFirstConsumer"


def test_its_volumes_are_of_the_ebs_driver() -> None:
    """The old one in Kubernetes itself (`kubernetes.io/aws-ebs`) is gone."""
    assert rendered()["provisioner"] == "ebs.csi.aws.com"


def test_its_volumes_can_grow() -> None:
    assert rendered()["allowVolumeExpansion"] is True


def test_its_volumes_go_with_their_claims() -> None:
    """What must outlive them is in the database and in buckets."""
    assert rendered()["reclaimPolicy"] == "Delete"


def test_claims_ask_for_it_by_what_it_is() -> None:
    assert rendered()["metadata"]["name"] == "gp3-encrypted"
