"""How a cluster is asked, and why it does not answer: a sentence for each reason, since each has another way out."""

import json
from pathlib import Path

import pytest

from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls, is_about_an_object


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a kubectl on PATH that writes down its words; the Python's own folder has another."""
    program, said = tmp_path / "kubectl", tmp_path / "said"
    program.write_text(f'#!/bin/sh\necho "$@" > {said}\necho \'{{"items": [{{"kind": "Pod"}}]}}\'\n')
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return said


@pytest.mark.parametrize(
    ("context", "words"),
    [(None, "--request-timeout=20s get pods"), ("west", "--context west --request-timeout=20s get pods")],
)
def test_it_asks_the_context_that_was_named(context: str | None, words: str, said: Path) -> None:
    kubectl = KubectlCalls(context)
    run = kubectl.run("get", "pods")
    assert said.read_text().strip() == words
    assert kubectl.items(run.stdout) == [{"kind": "Pod"}]


def test_an_empty_answer_has_no_objects() -> None:
    assert KubectlCalls().items("") == []
    assert KubectlCalls().items(json.dumps({"items": []})) == []


def test_without_kubectl_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=r"not on PATH\. Install it, or run: make setup"):
        KubectlCalls().run("get", "pods")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ('error: context "nope" does not exist', "aws eks update-kubeconfig"),
        ("The connection to the server localhost:8080 was refused - did you", "aws eks update-kubeconfig"),
        ("The connection to the server 127.0.0.1:9 was refused", "was not reached"),
        ("Unable to connect to the server: dial tcp: lookup x: no such host", "was not reached"),
        ("error: You must be logged in to the server (Unauthorized)", "Sign in again"),
        ("Unable to connect to the server: getting credentials: exec: executable aws failed", "Sign in again"),
        ('Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods"', "access entry"),
        ("something new", "something new"),
        ("", "kubectl said nothing"),
    ],
)
def test_each_reason_is_told_with_its_way_out_and_kubectls_own_words(error: str, says: str) -> None:
    told = str(KubectlCalls("west").refusal(error))
    assert told.startswith("context west: ")
    assert says in told
    assert error.splitlines()[-1:] == [] or error.splitlines()[-1] in told


@pytest.mark.parametrize(
    "said",
    [
        'The PriorityClass "serving" is invalid: value: Forbidden: may not be changed',
        'pods "x" is forbidden: exceeded quota',
    ],
)
def test_an_object_that_is_forbidden_is_no_matter_of_credentials(said: str) -> None:
    assert is_about_an_object(said)


@pytest.mark.parametrize(
    "said",
    ['deployments.apps is forbidden: User "x" cannot patch resource', "dial tcp 127.0.0.1:1: connection refused"],
)
def test_what_stands_in_the_way_to_the_cluster_is_about_no_object(said: str) -> None:
    assert not is_about_an_object(said)
