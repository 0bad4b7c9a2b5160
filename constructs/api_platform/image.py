"""A container image: repository, tag and digest."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field

from api_platform.model import Matches, Spec

_REPOSITORY = Matches(
    r"[a-z0-9][a-z0-9.-]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+",
    "an image repository: the registry's host and a path, without tag; e.g. registry.example/team/api-service",
)
_TAG = Matches(
    r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?",
    "an image tag that can label a pod: letters, digits, '_', '.' and '-', at most 63, the first and the last of them "
    "a letter or a digit; e.g. v1.2.3",
)
_DIGEST = Matches(
    "sha256:[0-9a-f]{64}", "a digest: sha256: and 64 hexadecimal digits in lower case, as the registry shows it"
)


def _not_latest(tag: str) -> str:
    if tag == "latest":
        raise ValueError(
            "the tag 'latest' names no release: nodes would run different code. Name a release, e.g. v1.2.3."
        )
    return tag


class Image(Spec):
    """A container image, pinned by tag and, where known, by digest."""

    repository: Annotated[str, _REPOSITORY]
    """Registry and path, without tag; e.g. 111111111111.dkr.ecr.eu-west-1.amazonaws.com/api-service."""
    tag: Annotated[str, _TAG, AfterValidator(_not_latest), Field(json_schema_extra={"not": {"const": "latest"}})]
    """The release; `latest` is refused."""
    digest: Annotated[str, _DIGEST] | None = None
    """sha256:... of the image's index; it wins over the tag when a node pulls. None: the tag alone decides."""

    def __str__(self) -> str:
        """Return the reference as Kubernetes takes it."""
        return f"{self.repository}:{self.tag}" + (f"@{self.digest}" if self.digest else "")

    def with_tag(self, reference: str) -> Self:
        """Return this image at another release, given as `TAG` or `TAG@sha256:...`.

        The old digest goes, since it would still win over the new tag. Raises InputError on a bad tag or digest.
        """
        tag, at, digest = reference.partition("@")
        return type(self)(repository=self.repository, tag=tag, digest=digest if at else None)
