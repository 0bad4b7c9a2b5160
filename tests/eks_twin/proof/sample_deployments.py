"""Made-up outcomes of the scenarios that deploy."""

from eks_twin.proof.plot import LimitLine, LinePlot, Phase, PlotEvent, Series, Timeline
from eks_twin.proof.quantities import at_least, at_most, exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Row, Table, Verdict


def delivery() -> Outcome:
    waves = (
        ("network", 0, 4.1),
        ("cluster", 4.1, 11.8),
        ("messaging", 4.1, 9.2),
        ("storage", 4.1, 6.9),
        ("data", 4.1, 7.4),
    )
    workloads = (("platform", 16.4, 21.0), ("api-service", 21.0, 27.3), ("media-service", 21.0, 26.1))
    phases = [Phase(name, start, end, "created") for name, start, end in (*waves, ("add-ons", 11.8, 16.4), *workloads)]
    phases.append(Phase("worker-service", 21.0, 29.6, "created"))
    phases.append(Phase("api-service", 31.2, 33.0, "updated", failed=True))
    phases.append(Phase("api-service", 33.0, 36.4, "rolled back"))
    return Outcome(
        figures=[
            Figure("objects in the API server", 118, of=118, key=True),
            Figure("objects that differ", 0, "", exactly(0), key=True),
            Figure("from nothing to all Ready", 71.3, "s", at_most(90)),
            Figure("objects left of a deleted stack", 0, "", exactly(0)),
        ],
        plots=[
            Timeline(title="Stacks of the deployment", phases=phases, events=[PlotEvent(30.4, "an object is refused")])
        ],
        notes=["kubectl diff ran against the files of dist/production, server side."],
    )


def admission() -> Outcome:
    message = (
        'pods "bad" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false '
        '(container "bad" must set securityContext.allowPrivilegeEscalation=false), runAsNonRoot != true'
    )
    rows: list[Row] = [
        ["a privileged pod", Cell(message, code=True), Cell("refused", Verdict.HELD)],
        [
            "a budget with both bounds",
            Cell("spec: Invalid value: minAvailable and maxUnavailable cannot be both set", code=True),
            Cell("refused", Verdict.HELD),
        ],
        [
            "a second autoscaler <script>alert(1)</script>",
            Cell("horizontalpodautoscalers.autoscaling/x created (server dry run)", code=True),
            Cell("accepted", Verdict.FAILED),
        ],
    ]
    return Outcome(
        figures=[
            Figure("objects accepted in a dry run", 118, of=118),
            Figure("broken objects refused", 2, of=3, key=True),
        ],
        tables=[
            Table(title="Broken manifests", columns=["What is wrong", "What the API server says", "Verdict"], rows=rows)
        ],
    )


def rollout() -> Outcome:
    good = Series("ready, any tag", [(0, 4), (3, 5), (6, 4), (8, 5), (12, 4), (14, 5), (17, 4), (30, 4)])
    new = Series("ready, new tag", [(0, 0), (3, 1), (8, 2), (12, 3), (15, 4), (30, 4)])
    return Outcome(
        figures=[
            Figure("lowest count of ready pods", 4, "", at_least(4), key=True),
            Figure("time to all new", 15.04, "s", at_most(15), key=True),
        ],
        plots=[
            LinePlot(
                title="A new tag rolls out",
                value="ready pods",
                series=[good, new],
                limits=[LimitLine("wanted", at_least(4))],
                events=[
                    PlotEvent(1.2, "v1.1.0 is deployed"),
                    PlotEvent(18, "broken-1 is deployed"),
                    PlotEvent(27, "the deploy fails"),
                ],
            )
        ],
        notes=["Pods of a tag that begins with broken- never become ready: a stage of kwok sees to it."],
    )


def faults() -> Outcome:
    rows: list[Row] = [[name, Cell("converged", Verdict.HELD), seconds, 0, 0] for name, seconds in _KILLED]
    return Outcome(
        figures=[
            Figure("objects lost", 0, "", exactly(0), key=True),
            Figure("objects doubled", 0, "", exactly(0), key=True),
        ],
        tables=[
            Table(
                title="Killed in the middle of a deploy",
                columns=["what", "rerun", "seconds", "lost", "doubled"],
                rows=rows,
            )
        ],
    )


_KILLED = (
    ("kube-apiserver", 9.1),
    ("etcd", 11.6),
    ("kube-controller-manager", 6.2),
    ("the twin's AWS, for 30 s", 38.8),
)
