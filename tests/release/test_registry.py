"""What ECR is asked, and each of its answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from api_platform.errors import InputError
from api_platform.image import Image
from api_platform.release import registry
from api_platform.release.registry import digest_in_registry

IMAGE = Image(repository="111111111111.dkr.ecr.eu-west-1.amazonaws.com/team/orders", tag="v2")
DIGEST = "sha256:" + "a" * 64
SIGNED = {"aws_access_key_id": "anybody", "aws_secret_access_key": "any"}


@dataclass(frozen=True)
class StubbedSession:
    """Hands out one client, and notes for which region."""

    ecr: Any
    regions: list[str] = field(default_factory=list)

    def __call__(self, region: str) -> "StubbedSession":
        self.regions.append(region)
        return self

    def client(self, service: str) -> Any:
        return {"ecr": self.ecr}[service]


@pytest.fixture
def ecr(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    stubbed = StubbedSession(boto3.client("ecr", region_name="eu-west-1", **SIGNED))
    monkeypatch.setattr(registry, "session", stubbed)
    with Stubber(stubbed.ecr) as stub:
        yield stub
    assert stubbed.regions == ["eu-west-1"]


def test_the_digest_is_that_of_the_tag_in_the_image_s_own_account(ecr: Stubber) -> None:
    wanted = {
        "registryId": "111111111111",
        "repositoryName": "team/orders",
        "imageIds": [{"imageTag": "v2"}],
        "acceptedMediaTypes": list(registry.MEDIA_TYPES),
    }
    ecr.add_response("batch_get_image", {"images": [{"imageId": {"imageDigest": DIGEST, "imageTag": "v2"}}]}, wanted)
    assert digest_in_registry(IMAGE) == DIGEST


def test_an_index_is_asked_for_first() -> None:
    """Nodes of both architectures pull by this digest; that of one architecture's image would fail on the others."""
    assert "index" in registry.MEDIA_TYPES[0]


def test_a_tag_that_was_never_pushed_is_refused(ecr: Stubber) -> None:
    failure = {"imageId": {"imageTag": "v2"}, "failureCode": "ImageNotFound", "failureReason": "not found"}
    ecr.add_response("batch_get_image", {"images": [], "failures": [failure]})
    with pytest.raises(InputError, match=r"orders:v2: the registry has no such image\. Push it first"):
        digest_in_registry(IMAGE)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("RepositoryNotFoundException", "account 111111111111 has no such repository in eu-west-1"),
        ("ExpiredTokenException", "the AWS credentials have expired"),
        ("UnrecognizedClientException", "AWS does not know these credentials"),
        ("AccessDeniedException", "the AWS credentials do not allow it"),
    ],
)
def test_where_ecr_refuses_the_way_out_is_to_give_the_digest(ecr: Stubber, code: str, says: str) -> None:
    ecr.add_client_error("batch_get_image", code, "said by ECR")
    with pytest.raises(InputError, match=rf"{says}.*--digest sha256:.*--without-digest"):
        digest_in_registry(IMAGE)


def test_another_registry_than_ecr_is_not_asked() -> None:
    with pytest.raises(InputError, match=r"only ECR can be asked .*--digest"):
        digest_in_registry(Image(repository="registry.example/orders", tag="v2"))
