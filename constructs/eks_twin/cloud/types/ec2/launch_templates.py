"""Launch templates, each change of which is a new version."""

from collections.abc import Mapping

from eks_twin.aws_clients import Clients
from eks_twin.cloud.types.ec2.calls import ec2
from eks_twin.cloud.types.kept import Kept, KeptType


def types(clients: Clients) -> Mapping[str, KeptType]:
    """Return the type."""
    return {
        "LaunchTemplate": KeptType(
            clients,
            lambda kept: ec2(kept).delete_launch_template(LaunchTemplateId=kept.id),
            {"LaunchTemplateData": _new_version, "VersionDescription": _new_version},
        )
    }


def _new_version(kept: Kept) -> None:
    description = {"VersionDescription": kept.after["VersionDescription"]} if "VersionDescription" in kept.after else {}
    data = kept.after["LaunchTemplateData"]
    ec2(kept).create_launch_template_version(LaunchTemplateId=kept.id, LaunchTemplateData=data, **description)
