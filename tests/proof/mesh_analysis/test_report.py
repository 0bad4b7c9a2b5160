from api_platform.proof.mesh_analysis import report
from api_platform.proof.mesh_analysis.acknowledgements import Acknowledgement, judge
from api_platform.proof.mesh_analysis.broken_configuration import Detection, analysis
from api_platform.proof.mesh_analysis.checks import Check, Notice
from api_platform.proof.mesh_analysis.message import Analysis, Message
from api_platform.proof.mesh_analysis.report import Examined
from eks_twin.proof.result import Cell, Outcome, Verdict

ACCEPTED = Acknowledgement("IST0133", "EnvoyFilter a/b", "There is no other way.")
MESSAGE = Message("IST0133", "Warning", "EnvoyFilter a/b", "careful")
BAD = Message("IST0101", "Error", "Gateway a/b", "not found")
FOUND = Detection(
    analysis("IST0101", "A wrong host"),
    "VirtualService",
    {
        Check.RULES: frozenset({Notice("mesh-hosts-exist", "no such host")}),
        Check.WEBHOOK: frozenset(),
        Check.ANALYSIS: frozenset({Notice("IST0101", "not found")}),
    },
)
MISSED = Detection(analysis("IST0101", "A wrong port"), "Gateway", {check: frozenset() for check in Check})


def examined(*messages: Message, skipped: tuple[str, ...] = (), refused: tuple[str, ...] = ()) -> dict[str, Examined]:
    found = Analysis([MESSAGE, *messages], ["gateway.SecretAnalyzer", "schema.ValidationAnalyzer.Gateway"], skipped)
    return {"production": Examined(93, found, refused)}


def outcome(
    found: dict[str, Examined], *detections: Detection, accepted: tuple[Acknowledgement, ...] = (ACCEPTED,)
) -> Outcome:
    """Return what the scenario would hand back."""
    judgement = judge({name: one.analysis.messages for name, one in found.items()}, accepted)
    tried = detections or (FOUND,)
    tables = [
        report.environment_table(found, judgement),
        *report.complaint_tables(found, judgement),
        report.detection_table(tried),
        report.acknowledgement_table(judgement),
        report.analyzer_table(found),
    ]
    return Outcome(figures=report.figures(found, judgement, tried), tables=tables, plots=[report.detection_plot(tried)])


def plain(sentence: str) -> str:
    """Return a sentence with plain spaces."""
    return " ".join(sentence.split())


def contents(of: Outcome, title: str) -> list[list[object]]:
    (table,) = [table for table in of.tables if table.title == title]
    return [[cell.content if isinstance(cell, Cell) else cell for cell in row] for row in table.rows]


def test_holds_where_all_is_accepted_and_caught() -> None:
    assert outcome(examined()).verdict is Verdict.HELD


def test_a_message_that_nobody_accepted_fails() -> None:
    failed = outcome(examined(BAD))
    assert plain(failed.reasons[0]) == "Messages that nobody acknowledged: 1, wanted exactly 0"
    assert contents(failed, "What is wrong with them") == [["production", "IST0101", "Gateway a/b", "not found"]]


def test_a_refusal_fails() -> None:
    failed = outcome(examined(refused=("Gateway/a/b: no TLS",)))
    assert failed.verdict is Verdict.FAILED
    assert contents(failed, "What is wrong with them")[0][2:] == ["Gateway/a/b", "Gateway/a/b: no TLS"]


def test_an_analyzer_that_did_not_run_fails() -> None:
    (reason,) = outcome(examined(skipped=("sidecar.SelectorAnalyzer",))).reasons
    assert plain(reason) == "Analyzers that ran: 2, wanted exactly 3"


def test_a_stale_acknowledgement_fails() -> None:
    stale = Acknowledgement("IST0001", "Gateway a/b", "Once needed.")
    failed = outcome(examined(), accepted=(ACCEPTED, stale))
    assert failed.reasons == ["Accepted messages: 1 failed, see the table"]


def test_a_configuration_that_is_not_caught_fails() -> None:
    failed = outcome(examined(), FOUND, MISSED)
    assert plain(failed.reasons[0]) == "Broken configurations caught: 1, wanted exactly 2"
    assert contents(failed, "Broken configurations")[1][3:] == ["nobody", "It says nothing of it."]


def test_says_who_caught_it_and_what_it_said() -> None:
    assert contents(outcome(examined()), "Broken configurations") == [
        ["VirtualService", "A wrong host", "istioctl analyze IST0101", "our rules: mesh-hosts-exist", "not found"]
    ]


def test_marks_the_environment_and_the_row_that_failed() -> None:
    failed = outcome(examined(BAD, refused=("Gateway/a/b: no TLS",)), FOUND, MISSED)
    marks = {table.title: [str(verdict) for verdict in table.verdicts] for table in failed.tables}
    assert marks["The environments as they are"] == ["failed", "failed"]
    assert marks["Broken configurations"] == ["held", "failed"]


def test_counts_messages_by_level() -> None:
    (row,) = contents(outcome(examined(BAD)), "The environments as they are")
    assert row == ["production", 93, 2, 1, 1, 0, 1, 0]


def test_plots_who_notices() -> None:
    (plot,) = outcome(examined(), FOUND, MISSED).plots
    assert plot == report.detection_plot([FOUND, MISSED])
    assert plot.bars == ["Gateway", "VirtualService"]
    assert {layer.label: layer.values for layer in plot.layers}["both"] == [0, 1]


def test_names_the_analyzers_by_what_they_look_at() -> None:
    assert contents(outcome(examined()), "Analyzers that ran") == [
        ["gateway", 1, "SecretAnalyzer"],
        ["schema", 1, "Gateway"],
    ]
