"""Walking a graph side by side."""

import threading

import pytest

from eks_twin.cloudformation.walk import walk

CHAIN = {"a": set[str](), "b": {"a"}, "c": {"b"}}


def test_every_node_has_its_turn_after_those_before_it() -> None:
    seen: list[str] = []

    def act(node: str) -> bool:
        seen.append(node)
        return True

    assert walk(CHAIN, act, parallel=4) == {"a", "b", "c"}
    assert seen == ["a", "b", "c"]


def test_what_comes_after_a_failure_is_left_out_and_the_rest_is_not() -> None:
    assert walk({**CHAIN, "d": set(), "e": {"d"}}, lambda node: node != "b", parallel=1) == {"a", "d", "e"}


def test_going_on_what_comes_after_a_failure_has_its_turn() -> None:
    assert walk(CHAIN, lambda node: node != "b", parallel=1, go_on=True) == {"a", "c"}


def test_no_more_nodes_than_allowed_have_their_turn_at_a_time() -> None:
    threads = set()

    def act(_node: str) -> bool:
        threads.add(threading.get_ident())
        return True

    walk({str(number): set[str]() for number in range(50)}, act, parallel=1)
    assert len(threads) == 1


def test_a_late_one_does_not_hold_up_what_does_not_need_it() -> None:
    """It waits for the end of another branch, which would never come if the walk went level by level."""
    other_branch_ended = threading.Event()

    def act(node: str) -> bool:
        if node == "late":
            return other_branch_ended.wait(10)
        if node == "c":
            other_branch_ended.set()
        return True

    assert walk({"late": set(), **CHAIN}, act, parallel=2) == {"late", "a", "b", "c"}


def test_an_exception_ends_the_walk_and_reaches_the_caller() -> None:
    seen = []

    def act(node: str) -> bool:
        seen.append(node)
        raise RuntimeError(node)

    with pytest.raises(RuntimeError):
        walk({str(number): set[str]() for number in range(50)}, act, parallel=1)
    assert len(seen) < 50
