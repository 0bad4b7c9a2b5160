"""Commands about an image in its registry."""

from api_platform.image import Image
from api_platform.release.registry import ECR_REPOSITORY


def describe_image(image: Image) -> str:
    """Return the command that shows an image of ECR."""
    place = ECR_REPOSITORY.fullmatch(image.repository)
    if place is None:
        return f"docker manifest inspect {image}"
    which = f"imageDigest={image.digest}" if image.digest else f"imageTag={image.tag}"
    where = f"--registry-id {place['account']} --repository-name {place['repository']}"
    return f"aws ecr describe-images {where} --image-ids {which} --region {place['region']}"
