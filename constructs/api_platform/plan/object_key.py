"""By what an object is the same on both sides."""

from typing import NamedTuple

from api_platform.rules.finding import Manifest
from api_platform.rules.objects import name, namespace
from api_platform.rules.values import text


class ObjectKey(NamedTuple):
    """A Kubernetes object within one cluster. Our kinds are of one API group each: a newer version is the same."""

    kind: str
    namespace: str | None
    """None where the object is the whole cluster's."""
    name: str

    @classmethod
    def of(cls, manifest: Manifest) -> "ObjectKey":
        """Return the key of a rendered or live object."""
        return cls(text(manifest, "kind"), namespace(manifest), name(manifest))

    def __str__(self) -> str:
        """Return it as messages name it: `Deployment production/api-service`."""
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"
