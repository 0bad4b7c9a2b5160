"""Istio's judgement of every environment as it is rendered."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from api_platform.environment import load_environments
from api_platform.manifests.rendering import render
from api_platform.proof.mesh_analysis import add_ons
from api_platform.proof.mesh_analysis.acknowledgements import Judgement, acknowledgements, judge
from api_platform.proof.mesh_analysis.checks import Checks
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from api_platform.proof.mesh_analysis.report import Examined

AT_ONCE: Final = 4
"""Each run of istioctl holds about 90 MB."""


def all_checks(istioctl: Istioctl, repository: Path) -> dict[str, Checks]:
    """Return what checks each environment. `repository`: where `imports/crds` is."""
    return {
        environment.name: Checks(
            istioctl,
            render(environment),
            add_ons.namespaces(environment),
            add_ons.mesh_configuration(environment),
            repository,
        )
        for environment in load_environments()
    }


def examine(checks: Mapping[str, Checks]) -> Mapping[str, Examined]:
    """Return what istioctl says of each environment. Raises TwinError where it fails."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(checks, pool.map(_examine, checks.values()), strict=True))


def judge_all(checks: Mapping[str, Checks], examined: Mapping[str, Examined]) -> Judgement:
    """Hold it against what is acknowledged."""
    namespaces = {one["metadata"]["name"] for each in checks.values() for one in each.namespaces}
    said = {name: one.analysis.messages for name, one in examined.items()}
    return judge(said, acknowledgements(namespaces))


def _examine(checks: Checks) -> Examined:
    return Examined(len(checks.rendering.objects), checks.analyze(), checks.refused())
