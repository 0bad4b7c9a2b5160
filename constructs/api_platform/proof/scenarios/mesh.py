"""Istio's own analysis of all environments' objects, and of broken ones."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Protocol

from api_platform.proof.mesh_analysis import add_ons, report
from api_platform.proof.mesh_analysis.broken_configuration import detect
from api_platform.proof.mesh_analysis.environments import AT_ONCE, all_checks, examine, judge_all
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from api_platform.proof.mesh_analysis.mesh_configuration import is_taken
from api_platform.proof.scenarios.broken_mesh import broken_meshes
from eks_twin.proof.result import Outcome
from eks_twin.proof.scenario import Scenario

_EACH = 5
"""The short form tries one of so many broken configurations."""
_DISCARDED = (
    "istiod discards the mesh configuration that its release sets, since it cannot read a value in it: look at "
    "`meshConfig` in aws/releases/istio.py."
)


class MeshContext(Protocol):
    """What this scenario needs of the twin."""

    @property
    def binaries(self) -> Mapping[str, Path]:
        """`istioctl` -> where it is."""

    @property
    def repository(self) -> Path:
        """Where `imports/crds` is."""

    @property
    def short(self) -> bool:
        """Whether to try but some of the broken configurations."""


def run(context: MeshContext) -> Outcome:
    """Analyze every environment as it is, and production broken in each way of the table.

    Raises TwinError where istioctl fails, or the table changes what is not rendered.
    """
    istioctl = Istioctl(context.binaries["istioctl"])
    version = istioctl.version()
    checks = all_checks(istioctl, context.repository)
    production = checks["production"]
    taken = is_taken(production.mesh_configuration, istioctl, context.repository)
    examined = examine(checks)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        before = production.notices(production.rendering.objects, ())
        broken = broken_meshes(production.rendering.environment)[:: _EACH if context.short else 1]
        detections = list(pool.map(partial(detect, checks=production, before=before), broken))
    judgement = judge_all(checks, examined)
    return Outcome(
        figures=report.figures(examined, judgement, detections),
        tables=[
            report.environment_table(examined, judgement),
            *report.complaint_tables(examined, judgement),
            report.detection_table(detections),
            report.acknowledgement_table(judgement),
            report.analyzer_table(examined),
        ],
        plots=[report.detection_plot(detections)],
        notes=_notes(version),
        failures=() if taken else [_DISCARDED],
    )


def _notes(version: str) -> Sequence[str]:
    built = (
        f"istioctl is {version}; the platform installs Istio {add_ons.ISTIO_VERSION}. Its releases are no Go modules, "
        "so that istioctl is built from a commit."
    )
    shown = (
        "It analyzes a cluster that holds these objects: an API on loopback that shows them and nothing else. Of files "
        "it would read neither Services, Pods, Namespaces nor Secrets, and leave out every analyzer that needs one."
    )
    stand_ins = (
        "Stand-ins in that cluster: a pod with its proxy for each Deployment, a Secret for each Certificate, a pod and "
        "the Service of the ingress gateway, the add-ons' namespaces."
    )
    return (built, shown, stand_ins, "What the API server refuses, by schema and CEL, is in the scenario `admission`.")


SCENARIO: Scenario[MeshContext] = Scenario(
    name="mesh",
    title="The mesh's configuration is sound",
    expectation="Istio's analyzers say nothing of any environment's objects that is not acknowledged with a reason, "
    "and each broken configuration of the table is caught.",
    run=run,
    needs=frozenset({"istio"}),
    short=f"one of {_EACH} broken configurations.",
)
