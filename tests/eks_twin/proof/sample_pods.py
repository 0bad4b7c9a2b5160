"""Made-up outcomes of the scenarios that watch pods."""

from eks_twin.proof.plot import Band, Layer, LimitLine, LinePlot, PlotEvent, Series, StackedBars
from eks_twin.proof.quantities import at_least, at_most, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Row, Table, Verdict

WORKLOADS = ("api-service", "media-service", "media-processor", "outbox-processor", "data-export")


def spread() -> Outcome:
    zones = ("eu-central-1a", "eu-central-1b", "eu-central-1c")
    counts = ((4, 4, 4), (2, 2, 2), (3, 3, 2), (2, 2, 1), (1, 0, 0))
    pods = [Layer(name, values) for name, values in zip(WORKLOADS, counts, strict=True)]
    left = [Layer(name, (0, *values[1:])) for name, values in zip(WORKLOADS, counts, strict=True)]
    nodes = [f"general-{zone[-1]}-{at}" for zone in zones for at in (1, 2)] + [f"media-{zone[-1]}-1" for zone in zones]
    cells: list[Row] = [
        [name, *(Cell(value, weight=value / 3) for value in values)]
        for name, values in (
            ("api-service", (2, 2, 2, 2, 2, 2, 0, 0, 0)),
            ("media-service", (0, 0, 0, 0, 0, 0, 2, 2, 2)),
            ("media-processor", (2, 1, 1, 2, 1, 1, 0, 0, 0)),
        )
    ]
    ready = Series("ready pods, all services", [(0, 32), (50.2, 20), (56, 24), (58.5, 29), (63, 32), (90, 32)])
    return Outcome(
        figures=[
            Figure("media pods on other nodes", 0, "", exactly(0), key=True),
            Figure("largest difference between zones", 1, "pod", at_most(1), key=True),
            Figure("back at strength after", 63, "s", at_most(120)),
        ],
        plots=[
            StackedBars(title="Pods in each zone", value="pods", bars=zones, layers=pods),
            StackedBars(title="Right after a zone is gone", value="pods", bars=zones, layers=left, full=12),
            LinePlot(
                title="A zone fails",
                value="ready pods",
                series=[ready],
                events=[PlotEvent(0, "heartbeats stop"), PlotEvent(50.2, "nodes NotReady", until=63)],
            ),
        ],
        tables=[Table(title="Pods on each node", columns=["workload", *nodes], rows=cells)],
        notes=["Nodes are simulated: a zone is gone when its nodes' heartbeats stop."],
    )


def disruption() -> Outcome:
    drains = [
        PlotEvent(5 + at * 13.0, f"drain {node}", until=13 + at * 13.0)
        for at, node in enumerate(("a-1", "a-2", "b-1", "b-2"))
    ]
    ready = [(time, 3 if (time - 5) % 13 > 6 or time < 5 else 2) for time in (at / 5 for at in range(300))]
    rows: list[Row] = [[name, low, budget, Cell(str(low), verdict)] for name, low, budget, verdict in _LOWEST]
    return Outcome(
        figures=[
            Figure("samples under a budget", 0, "", exactly(0), of=1480, key=True),
            Figure("nodes drained", 9, "", exactly(9), of=9),
        ],
        plots=[
            LinePlot(
                title="Ready pods of api-service while nodes are drained",
                value="ready pods",
                series=[Series("ready", ready)],
                limits=[LimitLine("budget", at_least(2))],
                events=drains,
                note="Sampled every 200 ms.",
            )
        ],
        tables=[
            Table(
                title="Lowest count of ready pods",
                columns=["workload", "lowest", "budget", "verdict"],
                rows=rows,
                note="data-export runs one replica with a budget of one: its node waits for the drain recipe.",
            )
        ],
    )


def scaling() -> Outcome:
    up, at = [(0.0, 3.0)], 3.0
    for minute in range(1, 14):
        at = min(100, at + min(max(int(at * 0.5), 1), 10))
        up.append((minute * 60.0, at))
    allowed = [*up, (1500.0, 100.0)]
    measured = [(time + 4, value) for time, value in up] + [
        (1140.0, 90.0),
        (1200.0, 81.0),
        (1260.0, 72.0),
        (1500.0, 72.0),
    ]
    depth = [(float(time), max(0.0, 9000 - abs(time - 400) * 22.5 + (time % 7) * 40)) for time in range(0, 900, 5)]
    return Outcome(
        figures=[
            Figure("time to maximum, api-service", 13.1, "min", at_most(14), key=True),
            Figure("replicas beyond the policy", 0, "", exactly(0), key=True),
            Figure("backlog drained in", 12.4, "min"),
            Figure("pods at work", 31.25, "pod-hours"),
        ],
        plots=[
            LinePlot(
                title="api-service follows CPU",
                value="replicas",
                series=[Series("measured", measured), Series("allowed by the policy", allowed, dashed=True)],
                bands=[Band("within one step", [(0, 3), *((t + 60, v) for t, v in up)], allowed)],
                limits=[LimitLine("maximum", at_most(100))],
                events=[PlotEvent(0, "load rises"), PlotEvent(840, "load falls")],
                time="scenario time, 30 times faster than the clock",
            ),
            LinePlot(
                title="A backlog of media-processor",
                value="messages",
                series=[Series("queue depth", depth, steps=False)],
                time="scenario time, 30 times faster than the clock",
            ),
        ],
        notes=[
            "A simulated worker takes two seconds for a message.",
            "CPU comes from a metrics API that the scenario drives.",
        ],
    )


_LOWEST = (
    ("api-service", 2, 2, Verdict.HELD),
    ("media-service", 1, 1, Verdict.HELD),
    ("media-processor", 1, 1, Verdict.HELD),
    ("outbox-processor", 1, 1, Verdict.HELD),
    ("data-export", 1, 1, Verdict.LEFT_OUT),
)
