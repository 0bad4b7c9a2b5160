"""A report can be read at any width, its commands can be copied, and Markdown shows the words as they are."""

import json

import pytest

from api_platform.doctor.diagnosis import Diagnosis
from api_platform.doctor.health_report import HealthReport
from api_platform.doctor.output import FORMATS, print_json, print_terminal, to_markdown

COMMAND = "kubectl -n production describe pod media-service-86579d49b4-mnqdp --and-some-more-words-that-are-long"
FOUND = Diagnosis(
    "images-are-pulled",
    "media-service",
    "Pod/media-service-86579d49b4-mnqdp",
    "1 of 3 pods: the image cannot be pulled",
    "manifest for <none> *unknown*",
    COMMAND,
    "Push this tag.",
)
PLATFORM = Diagnosis("certificates-are-ready", "platform", "Deployment/x", "it is away", "why", "kubectl", "way")


def report(*found: Diagnosis, left_out: tuple[str, ...] = ()) -> HealthReport:
    return HealthReport("production", None, found, left_out)


@pytest.mark.parametrize("width", [60, 140])
def test_on_a_terminal_text_is_wrapped_and_commands_are_not(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that is broken into lines cannot be copied."""
    monkeypatch.setenv("COLUMNS", str(width))
    print_terminal(report(FOUND, PLATFORM, left_out=("AWS (queues, stacks): there are no AWS credentials.",)))
    lines = capsys.readouterr().out.splitlines()
    assert f"  $ {COMMAND}" in lines
    assert all(len(line) <= width for line in lines if COMMAND not in line)
    assert all(line == line.rstrip() for line in lines)
    assert "Deployment/x  of platform" in lines


def test_nothing_found_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_terminal(report())
    assert capsys.readouterr().out == "production: nothing found.\n"


def test_nothing_found_where_not_all_was_looked_at_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who reads the first line alone would take it for well."""
    print_terminal(report(left_out=("AWS (queues, stacks): --no-aws was given.",)))
    out = capsys.readouterr().out
    assert out.startswith("production: nothing found, and not all was looked at.\n")
    assert "Left out: AWS (queues, stacks): --no-aws was given." in out


def test_markdown_takes_no_word_for_markup() -> None:
    out = to_markdown(report(FOUND, left_out=("nodes: these credentials may not read them.",)))
    assert "> manifest for \\<none\\> \\*unknown\\*" in out
    assert f"```sh\n{COMMAND}\n```" in out
    assert "- Left out: nodes" in out


def test_json_has_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    print_json(report(FOUND))
    read = json.loads(capsys.readouterr().out)
    assert read["diagnoses"][0]["command"] == COMMAND
    assert (read["environment"], read["service"], read["left_out"]) == ("production", None, [])


def test_every_format_is_offered_by_the_command() -> None:
    assert set(FORMATS) == {"terminal", "markdown", "json"}
