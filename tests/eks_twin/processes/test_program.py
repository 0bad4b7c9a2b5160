from eks_twin.home import Home
from eks_twin.processes.program import request, requested, withdraw
from tests.eks_twin.processes.tiny_programs import program


def test_programs_are_read_in_the_order_in_which_they_were_asked_for(home: Home) -> None:
    for name in ("etcd", "kube-apiserver", "aws"):
        request(home, program(home, name))
    assert [one.name for one in requested(home)] == ["etcd", "kube-apiserver", "aws"]


def test_a_program_is_read_as_it_was_asked_for(home: Home) -> None:
    asked = program(home, environment={"A": "b"}, ports={"https": 20443}, restart=False)
    request(home, asked)
    assert requested(home) == (asked,)


def test_a_program_in_other_words_keeps_its_place(home: Home) -> None:
    request(home, program(home, "first"))
    request(home, program(home, "second"))
    request(home, program(home, "first", environment={"A": "b"}))
    assert [one.name for one in requested(home)] == ["first", "second"]


def test_a_withdrawn_program_is_forgotten(home: Home) -> None:
    request(home, program(home))
    withdraw(home, "sleeper")
    withdraw(home, "sleeper")
    assert requested(home) == ()
