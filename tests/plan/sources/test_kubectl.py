import shutil

import pytest

from api_platform.errors import InputError
from api_platform.plan.sources.kubectl import known_refusal, kubectl, refusal


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: You must be logged in to the server (Unauthorized)", "credentials have expired"),
        ('deployments.apps is forbidden: User "x" cannot list resource', "may not do it"),
        ("dial tcp 127.0.0.1:1: connect: connection refused", "cannot be reached"),
        ("Unable to connect to the server: dial tcp: lookup x: no such host", "cannot be reached"),
        ("error: current-context is not set", "knows no cluster"),
        ("something else", "something else"),
        ("", "it says nothing"),
    ],
)
def test_each_refusal_has_a_sentence_of_its_own(said: str, sentence: str) -> None:
    assert sentence in refusal(said)


def test_without_kubectl_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(InputError, match="needs kubectl"):
        kubectl("version")


@pytest.mark.parametrize(
    "said",
    [
        'The PriorityClass "serving" is invalid: value: Forbidden: may not be changed',
        'pods "x" is forbidden: exceeded quota',
    ],
)
def test_an_object_that_is_forbidden_is_no_matter_of_credentials(said: str) -> None:
    assert known_refusal(said) is None
