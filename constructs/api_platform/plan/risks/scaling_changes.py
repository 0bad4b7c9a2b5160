"""A workload scales otherwise."""

from collections.abc import Iterator, Mapping

from api_platform.plan.changes import DeployChanges
from api_platform.plan.risks.risk import Danger, Risk
from api_platform.plan.states import DeployState
from api_platform.rules.autoscalers import Autoscaler, autoscalers
from api_platform.rules.values import rows, table, whole

_NONE = "nothing"


def scaling_changes(changes: DeployChanges) -> list[Risk]:
    """Find workloads, there before and after, whose bounds, targets or pace of scaling change."""
    before, after = _scaling(changes.before), _scaling(changes.after)
    risks = []
    for key in changes.after.objects:
        if key.kind == "Deployment" and key in changes.before.objects:
            old, new = before.get(str(key), {}), after.get(str(key), {})
            values = [
                f"{what} {old.get(what, _NONE)} → {new.get(what, _NONE)}"
                for what in dict.fromkeys([*old, *new])
                if old.get(what) != new.get(what)
            ]
            if values:
                risks.append(Risk(Danger.SCALES, str(key), "; ".join(values), _consequence(old, new)))
    return risks


def _scaling(state: DeployState) -> Mapping[str, dict[str, str]]:
    """Return, for each Deployment, how it scales, in figures."""
    found: dict[str, dict[str, str]] = {}
    for key, held in state.objects.items():
        if key.kind == "Deployment" and (fixed := whole(held.manifest, "spec", "replicas")) is not None:
            found[str(key)] = {"replicas": str(fixed)}
    for one in autoscalers(state.index):
        where = f"{one.namespace}/{one.target}" if one.namespace else one.target
        found.setdefault(f"{one.kind} {where}", {}).update(_figures(one))
    return found


def _figures(one: Autoscaler) -> dict[str, str]:
    return {"minimum": str(one.minimum), "maximum": str(one.maximum), **dict(_targets(one)), **dict(_pace(one))}


def _targets(one: Autoscaler) -> Iterator[tuple[str, str]]:
    for target in one.targets:
        yield f"{target.resource} target", "none" if target.percent is None else f"{target.percent} %"
    for trigger in rows(one.manifest, "spec", "triggers"):
        if length := table(trigger, "metadata").get("queueLength"):
            yield "messages a pod", str(length)


def _pace(one: Autoscaler) -> Iterator[tuple[str, str]]:
    spec = table(one.manifest, "spec")
    behavior = table(spec, "behavior") or table(spec, "advanced", "horizontalPodAutoscalerConfig", "behavior")
    for way, words in (("scaleUp", "pace up"), ("scaleDown", "pace down")):
        rules = table(behavior, way)
        if rules:
            steps = [
                f"{step.get('value')} {step.get('type')} a {step.get('periodSeconds')} s"
                for step in rows(rules, "policies")
            ]
            window = rules.get("stabilizationWindowSeconds", 0)
            yield words, f"{rules.get('selectPolicy', 'Max')} of {', '.join(steps)} after {window} s"


def _consequence(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    if not new:
        return "Nothing scales it any more: it keeps the replicas that it has."
    if not old:
        return "From now on it is scaled."
    if int(new.get("minimum", 0)) > int(old.get("minimum", 0)):
        return "Pods are added at once where fewer run."
    if int(new.get("maximum", 0)) < int(old.get("maximum", 0)):
        return "Pods above the maximum end at once, without regard for load."
    return ""
