"""A broken mesh configuration, who must notice it, and who did."""

from collections.abc import Sequence
from dataclasses import dataclass

from api_platform.proof.mesh_analysis.checks import Check, Checks, Notice, Notices, news
from api_platform.proof.mesh_analysis.draft import Draft, Edit


@dataclass(frozen=True)
class BrokenConfiguration:
    """One way to break the mesh: changes of our own objects."""

    what: str
    check: Check
    """Who must notice."""
    sign: str
    """By which the check must name it: the rule, or the message's code."""
    edits: Sequence[Edit]


def analysis(code: str, what: str, *edits: Edit) -> BrokenConfiguration:
    """Return a configuration that `istioctl analyze` must name by this code."""
    return BrokenConfiguration(what, Check.ANALYSIS, code, edits)


def webhook(what: str, *edits: Edit) -> BrokenConfiguration:
    """Return a configuration that `istioctl validate` must refuse."""
    return BrokenConfiguration(what, Check.WEBHOOK, Notice.REFUSED, edits)


def rule(name: str, what: str, *edits: Edit) -> BrokenConfiguration:
    """Return a configuration that this rule of ours must find; for those that istioctl takes for good."""
    return BrokenConfiguration(what, Check.RULES, name, edits)


@dataclass(frozen=True)
class Detection:
    """What the checks said of a broken configuration."""

    broken: BrokenConfiguration
    kind: str
    """Of the object that was changed; the first, where several were."""
    said: Notices
    """What they do not say of the configuration as it is."""

    @property
    def caught(self) -> Notice | None:
        """What the check that must notice said; None where it did not."""
        fitting = (notice for notice in self.said[self.broken.check] if notice.sign == self.broken.sign)
        return min(fitting, default=None)

    @property
    def also(self) -> Sequence[str]:
        """By whom else it was noticed, and how: `our rules: mesh-hosts-exist`."""
        signs = {check: sorted({notice.sign for notice in notices}) for check, notices in self.said.items()}
        if self.broken.sign in signs[self.broken.check]:
            signs[self.broken.check].remove(self.broken.sign)
        return [f"{check}: {', '.join(found)}" for check, found in signs.items() if found]


def detect(broken: BrokenConfiguration, checks: Checks, before: Notices) -> Detection:
    """Break a copy of the objects and ask every check. `before`: what they say of the objects as they are.

    Raises TwinError where a change does not fit the objects, or changes nothing.
    """
    draft = Draft(checks.rendering.objects)
    for edit in broken.edits:
        edit(draft)
    changed = draft.changed
    return Detection(broken, changed[0]["kind"], news(checks.notices(draft.objects, changed), before))
