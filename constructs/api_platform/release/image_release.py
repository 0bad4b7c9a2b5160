"""A release: the tag and digest at which an environment pins a service's image."""

from dataclasses import dataclass
from typing import Self

from api_platform.errors import InputError
from api_platform.image import Image

_SHOWN_DIGITS = 12


@dataclass(frozen=True)
class ImageRelease:
    """What is carried from one environment to another, and back. The repository is not part of it."""

    tag: str
    digest: str | None
    """sha256:... of the image's index. None: the tag alone decides what a node pulls."""

    @classmethod
    def of(cls, image: Image) -> Self:
        """Return what the image is pinned to."""
        return cls(image.tag, image.digest)

    @classmethod
    def parse(cls, tag: str, digest: str | None) -> Self:
        """Return the release of a tag, or of `TAG@sha256:...` as `docker pull` takes it, and of a digest.

        Raises InputError on a bad one, and on two digests.
        """
        if "@" in tag and digest is not None:
            raise InputError(f"{tag!r} brings a digest, and so does --digest. Give it once.")
        reference = f"{tag}@{digest}" if digest is not None else tag
        try:
            return cls.of(Image(repository="registry.example/any", tag="any").with_tag(reference))
        except InputError as error:
            raise InputError(f"release {reference}: {error}") from None

    @property
    def shown_digest(self) -> str:
        """The digest's first digits, which tell releases apart."""
        return self.digest[: len("sha256:") + _SHOWN_DIGITS] if self.digest else "none"

    def __str__(self) -> str:
        """Return it in short."""
        return f"{self.tag} (digest {self.shown_digest})"

    def on(self, image: Image) -> Image:
        """Return the image, from its own repository, at this release."""
        return Image(repository=image.repository, tag=self.tag, digest=self.digest)
