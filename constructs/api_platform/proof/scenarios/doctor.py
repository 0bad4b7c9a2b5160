"""Makes one thing wrong after another, and asks `api-platform doctor` what is wrong."""

from collections.abc import Sequence

from api_platform.proof.ailments.ailment import Ailment, at_one_replica, called, worker
from api_platform.proof.ailments.of_pods import (
    image_tag,
    never_ready,
    no_such_node,
    quota_exceeded,
    service_account_missing,
)
from api_platform.proof.ailments.of_scaling import (
    drain_waits,
    growing_queue,
    paused,
    policy_deleted,
    queue_gone,
    without_metrics,
)
from api_platform.proof.ailments.of_stacks import rollback_failed
from api_platform.proof.ailments.visit import AilmentCourse, DoctorRun, ask_doctor, certified, follow
from api_platform.proof.stage import ProofStage
from api_platform.rules.finding import PLATFORM
from eks_twin.binaries import KEDA
from eks_twin.proof.quantities import exactly
from eks_twin.proof.result import Cell, Figure, Outcome, Table
from eks_twin.proof.scenario import LeftOut, Scenario

AILMENTS: Sequence[Ailment] = (
    Ailment("an image that is not in the registry", "images-are-pulled", called, image_tag("missing-1")),
    Ailment("an ALLOW policy deleted", "declared-calls-are-admitted", called, policy_deleted),
    Ailment("a budget that blocks a drain", "budgets-let-nodes-drain", at_one_replica, drain_waits),
    Ailment("killed for memory, and restarting", "containers-keep-running", called, image_tag("hungry-1")),
    Ailment("pods that never become ready", "pods-become-ready", called, never_ready),
    Ailment("the namespace's quota exceeded", "pods-are-created", called, quota_exceeded),
    Ailment("a ServiceAccount that is missing", "pods-are-created", called, service_account_missing),
    Ailment("a pod that no node takes", "pods-are-scheduled", called, no_such_node),
    Ailment("an autoscaler without metrics", "autoscalers-have-metrics", called, without_metrics),
    Ailment("at its maximum, and the queue grows", "autoscalers-have-room", worker, growing_queue),
    Ailment("KEDA paused", "queue-scalers-work", worker, paused),
    Ailment("KEDA's queue gone", "queues-exist", worker, queue_gone),
    Ailment("a stack whose rollback failed", "stacks-are-complete", called, rollback_failed, PLATFORM),
)
SHORT = 3
NOTES = (
    "Images, memory and probes are simulated: a pod's status is written by kwok, by the tag of its image.",
    "The twin has no cert-manager, so the certificates' status is written by the scenario.",
)


def run(stage: ProofStage) -> Outcome:
    """Ask while all is well; then make each state, ask until it is found, and mend it."""
    possible, notes = told_apart(stage, AILMENTS[:SHORT] if stage.short else AILMENTS)
    with certified(stage):
        stage.wait_until_ready()
        before = ask_doctor(stage)
        courses = [follow(stage, ailment) for ailment in possible]
    return Outcome(figures=figures(before, courses), tables=[table(courses)], notes=[*NOTES, *notes])


def told_apart(stage: ProofStage, ailments: Sequence[Ailment]) -> tuple[list[Ailment], list[str]]:
    """Return the ailments that can befall these services, and why the others cannot. Raises LeftOut where none can."""
    possible, notes = [], []
    for ailment in ailments:
        try:
            ailment.of(stage)
            possible.append(ailment)
        except LeftOut as reason:
            notes.append(f"Left out: {ailment.name}. {reason}")
    if not possible:
        raise LeftOut(" ".join(notes))
    return possible, notes


def figures(before: DoctorRun, courses: Sequence[AilmentCourse]) -> Sequence[Figure]:
    """Return the figures."""
    found, all_states = [course for course in courses if course.finding], len(courses)
    beside = sum(len(course.others) for course in courses)
    not_mended = sum(not course.well_again for course in courses)
    runs = [before, *(run for course in courses for run in course.runs)]
    wrong_code = sum(not run.agrees for run in runs)
    return [
        Figure("States found", len(found), limit=exactly(all_states), of=all_states, key=True),
        Figure("Findings beside them", beside, limit=exactly(0), key=True),
        Figure("Findings while all was well", len(before.found), limit=exactly(0)),
        Figure("States of which it went on to speak once they were mended", not_mended, limit=exactly(0)),
        Figure("Runs whose exit code was not that of their findings", wrong_code, limit=exactly(0)),
        Figure("Longest until one was found", max((one.seconds or 0 for one in courses), default=0), "s"),
    ]


def table(courses: Sequence[AilmentCourse]) -> Table:
    """Return what was said of each state."""
    return Table(
        title="Each state",
        columns=("state", "found after", "what the doctor said", "why", "said besides"),
        rows=[
            (
                course.ailment.name,
                "never" if course.seconds is None else f"{course.seconds:.0f} s",
                Cell(f"{course.finding['object']}: {course.finding['what']}" if course.finding else "nothing"),
                Cell(course.finding["why"] if course.finding else "", code=bool(course.finding)),
                Cell("; ".join(course.others) or "nothing"),
            )
            for course in courses
        ],
    )


SCENARIO: Scenario[ProofStage] = Scenario(
    name="doctor",
    title="The doctor names what is wrong",
    expectation="Each of these things that go wrong in what runs is named by `api-platform doctor`, with its reason; "
    "it says nothing else, and nothing while all is well.",
    run=run,
    needs=frozenset({KEDA.name}),
    short=f"only the first {SHORT} of {len(AILMENTS)} states.",
)
