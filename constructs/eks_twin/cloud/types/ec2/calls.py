"""What the types of EC2 have in common: how it is called, and how it is told tags."""

from typing import Any

from eks_twin.cloud.types.kept import Kept
from eks_twin.cloud.types.tags import pairs, tagged


def ec2(kept: Kept) -> Any:
    """Return the client."""
    return kept.clients("ec2")


def _tagged_by(kept: Kept) -> str:
    """Return the id under which EC2 keeps the tags: an address's physical id is the address itself."""
    return str(kept.attributes["AllocationId"]) if "." in kept.id else kept.id


TAGS = {
    "Tags": tagged(
        lambda kept, tags: ec2(kept).create_tags(Resources=[_tagged_by(kept)], Tags=pairs(tags)),
        lambda kept, keys: ec2(kept).delete_tags(Resources=[_tagged_by(kept)], Tags=[{"Key": key} for key in keys]),
    )
}
