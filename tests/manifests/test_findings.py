import pytest

from api_platform.manifests.findings import FindingsError, print_reports, require_clean
from api_platform.rules.finding import Finding
from api_platform.rules.report import Acknowledged, Report

FINDING = Finding(
    rule="budget-leaves-room-to-drain",
    subject="data-export",
    value="one of one",
    demand="A drain must be able to take a pod.",
    remedy="Raise the minimum.",
)
CLEAN = Report((), ())
ACCEPTED = Report((), (Acknowledged(FINDING, "the product asks for it"),))
OPEN = Report((FINDING,), ())


def test_accepted_findings_let_a_run_pass() -> None:
    require_clean({"staging": CLEAN, "production": ACCEPTED})


def test_one_open_finding_in_one_environment_stops_a_run() -> None:
    with pytest.raises(FindingsError, match="1 finding that no spec acknowledges"):
        require_clean({"staging": CLEAN, "production": OPEN})


def test_an_open_finding_is_printed_with_its_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    print_reports({"production": OPEN})
    shown = capsys.readouterr()
    assert shown.out == "", "standard output is for results"
    for words in ("production", "data-export", "budget-leaves-room-to-drain", "one of one", "Raise the minimum."):
        assert words in shown.err


def test_an_accepted_finding_is_printed_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    print_reports({"production": ACCEPTED})
    assert "the product asks for it" in capsys.readouterr().err


def test_no_finding_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    print_reports({"production": CLEAN})
    assert capsys.readouterr().err == ""
