from dataclasses import replace

from api_platform.proof.resilience import disruption_plots, disruption_report
from api_platform.proof.resilience.disruption import Disruption
from eks_twin.proof.result import Figure, Outcome, Verdict
from tests.proof.resilience.building import recording
from tests.proof.resilience.test_disruption import WAY_OUT, disruption, drained


def outcome(seen: Disruption) -> Outcome:
    return Outcome(
        figures=disruption_report.figures(seen),
        tables=disruption_report.tables(seen),
        plots=disruption_plots.plots(seen),
        notes=disruption_report.notes(seen, []),
        failures=disruption_report.failures(seen),
    )


def figure(seen: Disruption, label: str) -> Figure:
    return next(each for each in disruption_report.figures(seen) if label in each.label)


def test_drains_that_kept_every_budget_held() -> None:
    assert outcome(disruption()).verdict is Verdict.HELD


def test_a_node_that_was_not_drained_fails_with_what_kubectl_said() -> None:
    seen = replace(disruption(), drains=[drained("one"), drained("two", done=False)])
    assert figure(seen, "Nodes drained").verdict is Verdict.FAILED
    assert "the drain of two failed: what kubectl said" in outcome(seen).reasons


def test_a_budget_that_the_api_server_has_otherwise_fails() -> None:
    budgets = {**disruption().budgets, "api-service": 1}
    assert outcome(replace(disruption(), budgets=budgets)).verdict is Verdict.FAILED


def test_the_fewest_pods_are_held_against_the_spec_where_the_api_server_has_no_budget() -> None:
    """Else a budget that was not delivered could not be broken."""
    seen = replace(disruption(), budgets={})
    few = recording(*((sample.at, sample.pods[2:]) for sample in seen.recording.samples))
    assert figure(replace(seen, recording=few), "below their budget").verdict is Verdict.FAILED


def test_a_workload_without_a_budget_in_the_api_server_fails() -> None:
    budgets = {name: pods for name, pods in disruption().budgets.items() if name != "api-service"}
    assert outcome(replace(disruption(), budgets=budgets)).verdict is Verdict.FAILED


def test_a_drain_that_did_not_wait_where_it_must_fails() -> None:
    """A budget that is not there would let the only pod go."""
    seen = replace(disruption(), ways_out=[])
    assert "data-export should have held up a drain, and did not" in outcome(seen).reasons


def test_a_way_out_that_did_not_work_fails() -> None:
    seen = replace(disruption(), ways_out=[replace(WAY_OUT, end=None)])
    assert "data-export did not get 2 pods in time" in outcome(seen).reasons


def test_a_workload_that_leaves_no_room_and_does_not_say_so_fails() -> None:
    seen = replace(disruption(), wanted={**disruption().wanted, "media-service": 1})
    assert "media-service leaves no room to drain, and its spec does not say so" in outcome(seen).reasons


def test_the_drain_that_waited_is_shown_with_what_was_done_about_it() -> None:
    table = next(each for each in disruption_report.tables(disruption()) if "waits" in each.title)
    assert [row[0] for row in table.rows] == ["What kubectl says", "What the spec says", "What was done"]


def test_the_page_says_where_keda_did_not_run() -> None:
    seen = replace(disruption(), ways_out=[replace(WAY_OUT, by_keda=False)])
    said = " ".join(disruption_report.notes(seen, ["media-processor"]))
    assert "media-processor were given their minimum" in said
    assert "kubectl scale" in said
