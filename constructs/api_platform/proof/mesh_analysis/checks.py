"""Who looks at mesh objects before they serve, and what each says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from api_platform.manifests.rendering import Rendering
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from api_platform.proof.mesh_analysis.message import Analysis
from api_platform.proof.mesh_analysis.stand_ins import cluster
from api_platform.rules import run_rules
from api_platform.rules.finding import Manifest


class Check(StrEnum):
    """Who checks, in the order in which they come."""

    RULES = "our rules"
    """At synth."""
    WEBHOOK = "istioctl validate"
    """The same checks as istiod's admission webhook makes."""
    ANALYSIS = "istioctl analyze"


@dataclass(frozen=True, order=True)
class Notice:
    """One thing that a check found wrong."""

    REFUSED: ClassVar[str] = "refused"
    """The sign of all that `istioctl validate` says: it has no codes."""

    sign: str
    """By which it is known: the rule's name, or the message's code."""
    text: str


Notices = Mapping[Check, frozenset[Notice]]


@dataclass(frozen=True)
class Checks:
    """All checks of one environment's objects."""

    istioctl: Istioctl
    rendering: Rendering
    namespaces: Sequence[Manifest]
    """Of the add-ons."""
    mesh_configuration: Mapping[str, Any]
    repository: Path

    def analyze(self, objects: Iterable[Manifest] | None = None) -> Analysis:
        """Return istioctl's analysis of these objects, or of the rendered ones."""
        chosen = self.rendering.objects if objects is None else objects
        return self.istioctl.analyze(cluster(chosen, self.namespaces, self.repository), self.mesh_configuration)

    def refused(self) -> Sequence[str]:
        """Return what istiod's admission webhook would refuse of the rendered objects."""
        return self.istioctl.validate(self.rendering.objects)

    def notices(self, objects: Sequence[Manifest], suspects: Sequence[Manifest]) -> Notices:
        """Return what each check says of these objects; `suspects` are those that the webhook is to be asked about."""
        findings = run_rules(self.rendering.environment, self.rendering.services, objects)
        refused = self.istioctl.validate(suspects) if suspects else ()
        messages = self.analyze(objects).messages
        return {
            Check.RULES: frozenset(Notice(one.rule, one.value) for one in findings),
            Check.WEBHOOK: frozenset(Notice(Notice.REFUSED, one) for one in refused),
            Check.ANALYSIS: frozenset(Notice(one.code, f"{one.subject}: {one.text}") for one in messages),
        }


def news(now: Notices, before: Notices) -> Notices:
    """Return what is said now and was not before."""
    return {check: said - before.get(check, frozenset()) for check, said in now.items()}
