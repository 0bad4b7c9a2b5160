"""Which digest a tag has in the registry."""

import re
from typing import Any, Final

from api_platform.aws_calls import aws_calls, session
from api_platform.errors import InputError
from api_platform.image import Image

ECR_REPOSITORY: Final = re.compile(
    r"(?P<account>[0-9]{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com/(?P<repository>.+)"
)
"""An image repository of ECR, in its parts."""
MEDIA_TYPES: Final = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
"""All that a tag may name; an index first: left out, ECR answers with an image of one processor architecture."""
_WAY_OUT: Final = "Give the digest: --digest sha256:... Or let the tag alone decide what a node pulls: --without-digest"


def digest_in_registry(image: Image) -> str:
    """Return the digest of the image's tag, as ECR knows it.

    Raises InputError where the registry is not ECR, cannot be asked, or has no such tag.
    """
    place = ECR_REPOSITORY.fullmatch(image.repository)
    if not place:
        raise InputError(f"{image}: only ECR can be asked for a tag's digest. {_WAY_OUT}")
    purpose = f"ask ECR for the digest of {image}"
    try:
        ecr = session(place["region"])
        with aws_calls(purpose):
            answer = _ask(ecr.client("ecr"), place, image)
    except InputError as error:
        raise InputError(f"{error} {_WAY_OUT}") from None
    if not answer.get("images"):
        raise InputError(f"{image}: the registry has no such image. Push it first, or mend the tag.")
    return str(answer["images"][0]["imageId"]["imageDigest"])


def _ask(ecr: Any, place: re.Match[str], image: Image) -> dict[str, Any]:
    try:
        return dict(
            ecr.batch_get_image(
                registryId=place["account"],
                repositoryName=place["repository"],
                imageIds=[{"imageTag": image.tag}],
                acceptedMediaTypes=list(MEDIA_TYPES),
            )
        )
    except ecr.exceptions.RepositoryNotFoundException:
        raise InputError(f"{image}: account {place['account']} has no such repository in {place['region']}.") from None
