"""What holds for every template: random graphs, with whatever fails in them."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eks_twin.cloudformation import OnFailure, Template, ValidationError
from tests.eks_twin.cloudformation.building import Account, a_resource, a_template, an_account, get_att, ref

pytestmark = pytest.mark.slow

Edges = dict[str, list[tuple[str, str]]]
"""Name -> what it depends on, and how."""

MOST = 9


@st.composite
def graphs(draw: st.DrawFn) -> Edges:
    """Directed graphs without circles: each node depends on some of those before it; named in any order."""
    names = draw(st.permutations([f"N{number}" for number in range(draw(st.integers(1, MOST)))]))
    edges: Edges = {}
    for number, name in enumerate(names):
        needs = st.tuples(st.sampled_from(names[:number] or [""]), st.sampled_from(["ref", "att", "sub", "on"]))
        edges[name] = draw(st.lists(needs, max_size=3 if number else 0))
    return edges


def a_template_of(edges: Edges, size: str = "small", without: frozenset[str] = frozenset()) -> Template:
    kept = {
        name: [one for one in needs if one[0] not in without] for name, needs in edges.items() if name not in without
    }
    return a_template(**{name: _resource(needs, size) for name, needs in sorted(kept.items())})


def _resource(needs: list[tuple[str, str]], size: str) -> dict[str, Any]:
    of: dict[str, Callable[[str], Any]] = {
        "ref": ref,
        "att": get_att,
        "sub": lambda name: {"Fn::Sub": f"${{{name}.Arn}}"},
    }
    after = [name for name, how in needs if how == "on"]
    return a_resource(*after, Size=size, Of=[of[how](name) for name, how in needs if how != "on"])


@dataclass
class Watch:
    """Sees to it that nothing is made before, and nothing deleted while, something else needs it."""

    edges: Edges
    complete: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def on(self, account: Account) -> None:
        account.cloud.hook = self._begins
        account.listen = lambda event: self._told(event.logical_id, event.status)

    def _begins(self, verb: str, logical_id: str) -> None:
        with self.lock:
            if verb == "create":
                missing = {name for name, _ in self.edges[logical_id]} - self.complete
                self.faults += [f"{logical_id} begins before {sorted(missing)}"] if missing else []
            if verb == "delete":
                users = {name for name in self.complete if logical_id in {one for one, _ in self.edges[name]}}
                self.faults += [f"{logical_id} goes while {sorted(users)} are there"] if users else []

    def _told(self, logical_id: str, status: str) -> None:
        with self.lock:
            if logical_id not in self.edges:
                return  # the stack itself
            if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
                self.complete.add(logical_id)
            elif status == "DELETE_COMPLETE":
                self.complete.discard(logical_id)


@given(graphs(), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_a_stack_comes_and_goes_in_order(edges: Edges, parallel: int) -> None:
    account = an_account(parallel=parallel)
    watch = Watch(edges)
    watch.on(account)
    stack = account.create(a_template_of(edges))
    assert stack.status == "CREATE_COMPLETE"
    assert set(stack.resources) == set(edges)
    assert account.executor.delete(stack).status == "DELETE_COMPLETE"
    assert account.cloud.live == {}
    assert watch.faults == []


@given(graphs(), st.data())
@settings(max_examples=40, deadline=None)
def test_a_creation_that_fails_leaves_nothing_behind(edges: Edges, data: st.DataObject) -> None:
    account = an_account(parallel=data.draw(st.integers(1, 4)))
    watch = Watch(edges)
    watch.on(account)
    failing = data.draw(st.sampled_from(sorted(edges)))
    account.cloud.fail("create", failing)
    stack = account.create(a_template_of(edges))
    assert stack.status == "ROLLBACK_COMPLETE"
    assert failing in stack.reason
    assert account.cloud.live == {}
    assert stack.resources == {}
    assert watch.faults == []


@given(graphs(), st.data())
@settings(max_examples=60, deadline=None)
def test_an_update_succeeds_or_leaves_everything_as_it_was(edges: Edges, data: st.DataObject) -> None:
    """Some resources are new, some are removed, some replaced; one fails, where the update comes to it at all."""
    names = sorted(edges)
    account = an_account(parallel=data.draw(st.integers(1, 4)))
    new = frozenset(data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 1)))
    removed = frozenset(data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 1)))
    stable = account.create(a_template_of(edges, "small", without=new))
    was = dict(account.cloud.live)
    account.cloud.replacing = set(data.draw(st.sets(st.sampled_from(names))))
    failing = data.draw(st.sampled_from(names))
    account.cloud.fail(data.draw(st.sampled_from(["create", "update"])), failing)

    def heal(event: Any) -> None:
        if event.status == "UPDATE_ROLLBACK_IN_PROGRESS":
            account.cloud.failing.clear()
            account.cloud.replacing.clear()

    account.listen = heal
    after = account.update(stable, a_template_of(edges, "large", without=removed))
    if after.status == "UPDATE_COMPLETE":
        assert {one.split("-")[0] for one in account.cloud.live} == set(edges) - removed
        assert {one["Size"] for one in account.cloud.live.values()} == {"large"}
    else:
        assert after.status == "UPDATE_ROLLBACK_COMPLETE"
        assert failing in after.reason
        assert account.cloud.live == was
    assert {one.physical_id for one in after.resources.values()} == set(account.cloud.live)
    assert account.executor.delete(after).status == "DELETE_COMPLETE"
    assert account.cloud.live == {}


@given(graphs(), st.data())
@settings(max_examples=40, deadline=None)
def test_however_often_something_fails_nothing_is_lost(edges: Edges, data: st.DataObject) -> None:
    """Updates without rollback, rollbacks and deletions, each with something failing: at last, all of it can go."""
    names = sorted(edges)
    account = an_account(parallel=data.draw(st.integers(1, 4)))
    some = st.sets(st.sampled_from(names), max_size=2)

    def misfortune() -> None:
        account.cloud.failing.clear()
        account.cloud.replacing = set(data.draw(some))
        for verb in ("create", "update", "delete"):
            for name in data.draw(some):
                account.cloud.fail(verb, name)

    misfortune()
    stack = account.create(a_template_of(edges, "0"), OnFailure.DO_NOTHING)
    for step in range(data.draw(st.integers(0, 3))):
        misfortune()
        removed = frozenset(data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 1)))
        on_failure = data.draw(st.sampled_from([OnFailure.DO_NOTHING, OnFailure.ROLLBACK]))
        account.cloud.failing = {key: error for key, error in account.cloud.failing.items() if key[0] != "delete"}
        try:
            stack = account.update(stack, a_template_of(edges, str(step + 1), removed), on_failure)
        except ValidationError:
            break
        known = {one.physical_id for one in stack.instances if one.physical_id}
        assert known == set(account.cloud.live)
    misfortune()
    stack = account.executor.delete(stack)
    if stack.status != "DELETE_COMPLETE":
        assert {one.physical_id for one in stack.instances if one.physical_id} == set(account.cloud.live)
        account.cloud.failing.clear()
        assert account.executor.delete(stack).status == "DELETE_COMPLETE"
    assert account.cloud.live == {}
