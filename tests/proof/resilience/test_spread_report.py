from dataclasses import replace

import pytest

from api_platform.proof.resilience import spread_plots, spread_report
from api_platform.proof.resilience.outage import Outage, Pace
from api_platform.proof.resilience.spread import Spread
from eks_twin.control_plane import Settings
from eks_twin.proof.result import Figure, Outcome, Verdict
from tests.proof.resilience.building import recording
from tests.proof.resilience.test_spread import ELSEWHERE, PLACED, spread


def outcome(seen: Spread) -> Outcome:
    return Outcome(
        figures=spread_report.figures(seen),
        tables=spread_report.tables(seen),
        plots=spread_plots.plots(seen),
        notes=spread_report.notes(seen, []),
        failures=spread_report.failures(seen),
    )


def figure(seen: Spread, label: str) -> Figure:
    return next(each for each in spread_report.figures(seen) if label in each.label)


def test_an_outage_that_took_no_more_than_it_may_held() -> None:
    assert outcome(spread()).verdict is Verdict.HELD


def test_fewer_pods_than_promised_fail() -> None:
    seen = spread()
    few = [pod for pod in PLACED if pod.name != "api-service-1"]
    worse = recording((0.0, PLACED), (15.0, few), (75.0, ELSEWHERE), (90.0, ELSEWHERE))
    seen = replace(seen, outage=replace(seen.outage, recording=worse))
    assert figure(seen, "promised").verdict is Verdict.FAILED
    assert spread_report.tables(seen)[1].verdicts.count(Verdict.FAILED) == 1


OUTAGE = spread().outage
NEVER = [replace(OUTAGE, not_ready=None), replace(OUTAGE, evicted=None), replace(OUTAGE, strong=None)]


@pytest.mark.parametrize("outage", NEVER)
def test_what_never_happens_fails(outage: Outage) -> None:
    never = replace(spread(), outage=outage)
    assert any(reason.endswith("in time") for reason in outcome(never).reasons)


def test_a_workload_that_is_not_whole_again_fails() -> None:
    seen = spread()
    without = [pod for pod in ELSEWHERE if pod.workload != "data-export"]
    weak = recording((0.0, PLACED), (75.0, without), end=90.0)
    assert outcome(replace(seen, outage=replace(seen.outage, recording=weak))).verdict is Verdict.FAILED


def test_the_time_of_a_real_cluster_is_worked_out() -> None:
    """The pods wait five seconds here and five minutes there; nothing else differs."""
    measured, real = (figure(spread(), label).value for label in ("full strength", "Kubernetes' own"))
    assert isinstance(measured, float)
    assert isinstance(real, float)
    assert real - measured == 295.0


def in_a_hurry() -> Spread:
    """What the short form sees: quicker by 30 s, and by 9 s for each node but the first."""
    seen = spread()
    quick = replace(seen.outage, pace=Pace(5.0, Settings(node_grace=20, eviction_step=1)), not_ready=34.0)
    return replace(seen, outage=replace(quick, evicted=45.0, strong=48.0))


def test_the_time_of_a_real_cluster_is_the_same_from_a_short_form() -> None:
    measured, real = (figure(in_a_hurry(), label).value for label in ("full strength", "Kubernetes' own"))
    assert isinstance(measured, float)
    assert isinstance(real, float)
    assert real - measured == 295.0 + 30.0 + 9.0


def test_what_the_full_form_may_take_is_too_long_in_the_short_one() -> None:
    quick, slow = in_a_hurry(), spread().outage
    late = replace(quick.outage, not_ready=slow.not_ready, evicted=slow.evicted, strong=slow.strong)
    assert [figure.verdict for figure in spread_report.figures(quick)].count(Verdict.FAILED) == 0
    seen = spread_report.figures(replace(quick, outage=late))
    assert [figure.verdict for figure in seen].count(Verdict.FAILED) == 3


def test_the_reader_is_told_of_other_times() -> None:
    assert any("Here they were 20 s and 1 s." in note for note in outcome(in_a_hurry()).notes)
    assert not any("Here they were" in note for note in outcome(spread()).notes)


def test_both_what_kubernetes_believes_and_what_is_so_are_drawn() -> None:
    belief = spread_plots.plots(spread())[-1]
    assert [len(series.points) for series in getattr(belief, "series", ())] == [2, 4, 2]
