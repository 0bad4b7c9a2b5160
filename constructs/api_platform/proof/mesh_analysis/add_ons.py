"""What the add-ons' releases say of the mesh and of the cluster. The one module here that loads aws_cdk, with them."""

from collections.abc import Mapping, Sequence
from typing import Any

from api_platform.aws.add_on_namespaces import add_on_namespaces
from api_platform.aws.releases import all_releases
from api_platform.aws.releases.istio import VERSION, istio
from api_platform.environment import Environment
from api_platform.rules.finding import Manifest

ISTIO_VERSION: str = VERSION
"""What the platform installs; istioctl may be another's."""


def mesh_configuration(environment: Environment) -> Mapping[str, Any]:
    """Return our release's values under `meshConfig`; what they leave open has istiod's defaults."""
    control_plane = next(one for one in istio(environment, ()) if one.chart == "istiod")
    configuration: Mapping[str, Any] = control_plane.values["meshConfig"]
    return configuration


def namespaces(environment: Environment) -> Sequence[Manifest]:
    """Return the Namespaces of the environment's releases, as the add-ons' stack makes them."""
    return add_on_namespaces(release.namespace for release in all_releases(environment, ()))
