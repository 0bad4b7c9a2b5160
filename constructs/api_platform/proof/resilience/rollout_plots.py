"""How the scenario `rollout` draws what it saw."""

from collections.abc import Sequence

from api_platform.proof.resilience.lines import line, total
from api_platform.proof.resilience.rollout import Rollout, names_of, tag_of
from api_platform.service import Service
from eks_twin.proof.plot import LimitLine, LinePlot, PlotEvent
from eks_twin.proof.quantities import at_least


def plots(seen: Rollout) -> Sequence[LinePlot]:
    """Return a plot for each service: pods of the old image, pods of the new one, and both."""
    return [_plot(seen, service) for service in seen.services]


def _plot(seen: Rollout, service: Service) -> LinePlot:
    names, end = names_of(service), seen.recording.end
    old, new = seen.ready(names, old=True), seen.ready(names, old=False)
    before = sorted({tag_of(seen.images[name]) for name in names})
    series = [line(f"ready, {', '.join(before)}", old, end)]
    if service == seen.bad:
        series.append(line("of the bad image, not ready", seen.bad_pods, end))
    else:
        series.append(line("ready, of the new image", new, end))
    return LinePlot(
        title=f"{service.name} gets {'a bad' if service == seen.bad else 'a new'} image",
        value="pods" if len(names) == 1 else f"pods of {', '.join(names)}",
        series=[*series, line("ready, all", total([old, new]), end, dashed=True)],
        limits=[LimitLine("wanted", at_least(sum(seen.wanted[name] for name in names)))],
        events=_events(seen),
        time="time since the start, by the clock",
    )


def _events(seen: Rollout) -> Sequence[PlotEvent]:
    moments = [
        (seen.forward.start, "cdk deploy"),
        (seen.forward.rolled, "cdk deploy of the good images is done"),
        (seen.back.start, "cdk deploy of the file's images"),
        (seen.forward.failed, "cdk deploy of the bad one has failed"),
    ]
    return [PlotEvent(moment, label) for moment, label in moments if moment is not None]
