"""The services' images, in their registries."""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from api_platform.image import Image
from api_platform.preflight.account_reading import RegistryImage
from api_platform.preflight.inquiry import Inquiry
from api_platform.release.registry import ECR_REPOSITORY, MEDIA_TYPES

_NO_PLATFORM: Final = "unknown"
"""Stands in an index for what is no image: an attestation."""


def read_images(inquiry: Inquiry) -> Mapping[str, RegistryImage | None]:
    """Return the image of each workload by its reference; None where its registry has none.

    Only ECR is asked, each registry in its own account and region; what it refuses is left out, image by image.
    """
    found: dict[str, RegistryImage | None] = {}
    for image in {str(workload.image): workload.image for workload in inquiry.workloads}.values():
        place = ECR_REPOSITORY.fullmatch(image.repository)
        if place is None:
            inquiry.left_out.append(f"{image} is not in ECR, the only registry that is asked.")
            continue
        answer = inquiry.ask(f"ask ECR for {image}", partial(_read, inquiry, place, image))
        if answer is not None:
            (found[str(image)],) = answer
    return found


def _read(inquiry: Inquiry, place: re.Match[str], image: Image) -> tuple[RegistryImage | None]:
    """Return the image in a tuple of one: None without it means that nothing was answered."""
    ecr = inquiry.client("ecr", place["region"])
    repository = {"registryId": place["account"], "repositoryName": place["repository"]}
    which = {"imageDigest": image.digest} if image.digest else {"imageTag": image.tag}
    try:
        answer = ecr.batch_get_image(**repository, imageIds=[which], acceptedMediaTypes=list(MEDIA_TYPES))
    except ecr.exceptions.RepositoryNotFoundException:
        return (None,)
    if not answer["images"]:
        return (None,)
    manifest = json.loads(answer["images"][0]["imageManifest"])
    if "manifests" in manifest:
        platforms = (one.get("platform", {}).get("architecture", _NO_PLATFORM) for one in manifest["manifests"])
        return (RegistryImage(frozenset(platforms) - {_NO_PLATFORM}),)
    return (RegistryImage(_of_one(inquiry, image, partial(_configuration, inquiry, ecr, repository, manifest))),)


def _of_one(inquiry: Inquiry, image: Image, configuration: Callable[[], Any]) -> frozenset[str] | None:
    """Return the architecture of an image that has but one: it stands in its configuration."""
    try:
        read = inquiry.ask(f"read the architecture of {image}", configuration)
        return frozenset({str(read["architecture"])}) if read is not None else None
    except (OSError, ValueError, KeyError, TypeError) as error:  # it was not had, or is not what it should be
        said = f"{type(error).__name__} ({error})"
        inquiry.left_out.append(f"the architecture of {image} could not be read: {said}.")
        return None


def _configuration(inquiry: Inquiry, ecr: Any, repository: Mapping[str, str], manifest: Any) -> Any:
    digest = manifest["config"]["digest"]
    return json.loads(inquiry.download(ecr.get_download_url_for_layer(**repository, layerDigest=digest)["downloadUrl"]))
