import json

import pytest

from api_platform.proof.mesh_analysis.message import Analysis, Message, refusals

REPORT = "Analyzed resources in all namespaces\nSkipped analyzers:\n\t b\nExecuted analyzers:\n\t b\n\t a\n\n"
SAID = {"code": "IST0101", "level": "Error", "origin": "VirtualService shop/cart", "message": "not found"}


def test_reads_messages() -> None:
    (message,) = Analysis.of(json.dumps([SAID]), REPORT).messages
    assert message == Message("IST0101", "Error", "VirtualService shop/cart", "not found")
    assert str(message) == "Error IST0101 (VirtualService shop/cart): not found"


def test_reads_a_message_that_is_about_no_object() -> None:
    (message,) = Analysis.of(json.dumps([{**SAID, "origin": None} | {"origin": ""}]), REPORT).messages
    assert message.subject == ""


def test_the_same_message_counts_once() -> None:
    assert len(Analysis.of(json.dumps([SAID, SAID]), REPORT).messages) == 1


@pytest.mark.parametrize("nothing", ["[]", "null"])
def test_no_message_is_no_message(nothing: str) -> None:
    assert Analysis.of(nothing, REPORT).messages == []


def test_an_analyzer_that_was_skipped_did_not_run() -> None:
    """istioctl names it among the executed too."""
    analysis = Analysis.of("[]", REPORT)
    assert (analysis.executed, analysis.skipped) == (["a"], ["b"])


@pytest.mark.parametrize("report", ["", 'namespace "" not found', "Executed analyzers:\n\n"])
def test_an_answer_without_analyzers_is_none(report: str) -> None:
    """Otherwise a run that looked at nothing would pass for one that found nothing."""
    with pytest.raises(ValueError, match="which analyzers ran"):
        Analysis.of("[]", report)


def test_an_answer_that_is_no_json_is_none() -> None:
    with pytest.raises(ValueError, match="Expecting value"):
        Analysis.of("", REPORT)


def test_reads_refusals() -> None:
    report = "Error: 2 errors occurred:\n\t* VirtualService/shop/cart: weight -1 < 0\n\t* Gateway/shop/web: no TLS\n\n"
    assert refusals(report) == ["VirtualService/shop/cart: weight -1 < 0", "Gateway/shop/web: no TLS"]


def test_warnings_are_no_refusals() -> None:
    warning = '"objects.yaml" has warnings: \n\t* EnvoyFilter/shop/x: exposes details\n\nvalidation succeed\n'
    assert refusals(warning) == []
    assert refusals(f"{warning}Error: 1 error occurred:\n\t* Gateway/shop/web: no TLS\n") == [
        "Gateway/shop/web: no TLS"
    ]
