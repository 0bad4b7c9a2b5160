"""Does something to every node of a graph: in order, and side by side where nothing says otherwise."""

from collections.abc import Callable, Collection, Hashable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def walk(
    before: Mapping[Node, Collection[Node]],
    act: Callable[[Node], bool],
    *,
    parallel: int,
    go_on: bool = False,
) -> set[Node]:
    """Call `act` for each node, once `act` was True for all that come before it. Return those for which it was True.

    `parallel`: calls at a time. `go_on`: after a False too, what comes after has its turn; default: it is left out.
    An exception of `act` is a defect in it: it ends the walk, after the calls in flight.
    """
    sorter = TopologicalSorter(before)
    sorter.prepare()
    done: set[Node] = set()
    running: dict[Future[bool], Node] = {}
    pool = ThreadPoolExecutor(parallel, thread_name_prefix="cloudformation")
    try:
        while True:
            running |= {pool.submit(act, node): node for node in sorter.get_ready()}
            if not running:
                return done
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                node = running.pop(future)
                succeeded = future.result()
                if succeeded:
                    done.add(node)
                if succeeded or go_on:
                    sorter.done(node)
    finally:
        pool.shutdown(cancel_futures=True)
