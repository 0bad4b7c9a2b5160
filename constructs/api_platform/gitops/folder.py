"""The folder of one environment: copies of its objects with their waves, and the Applications that apply them."""

from collections.abc import Iterable

from api_platform.gitops.application import application
from api_platform.gitops.git_source import GitSource
from api_platform.manifests.rendering import Rendering
from api_platform.manifests.waves import with_sync_wave
from api_platform.rules.finding import Manifest
from api_platform.yaml_files import SUFFIX, to_yaml

MARK = "# Written by `api-platform gitops`: do not edit."
"""The first line of each file, by which its folder is known as ours to replace."""
APPLICATIONS = "applications.yaml"
ROOT_APPLICATION = "root-application.yaml"
"""Given to the cluster once, by hand: it applies the others, the platform's first."""


def gitops_files(rendering: Rendering, source: GitSource) -> dict[str, str]:
    """Return file name -> YAML. `source`: the folder above, which holds one like this for each environment."""
    environment, here = rendering.environment, source.below(rendering.environment.name)
    copies = {f"{stem}{SUFFIX}": [with_sync_wave(one) for one in objects] for stem, objects in rendering.files.items()}
    applications = [
        application(environment, name, here, file=f"{order}-{name}{SUFFIX}", wave=int(order))
        for order, _, name in (stem.partition("-") for stem in rendering.files)
    ]
    root = application(environment, "root", here, file=APPLICATIONS)
    files = {**copies, APPLICATIONS: applications, ROOT_APPLICATION: [root]}
    return {name: _text(objects) for name, objects in files.items()}


def _text(objects: Iterable[Manifest]) -> str:
    return f"{MARK}\n{to_yaml(objects)}"
