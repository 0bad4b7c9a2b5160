"""Makes plans: takes both sides from where they are asked for, and compares them, environment by environment."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from api_platform.environment import ENVIRONMENT_NAMES, ROOT
from api_platform.errors import InputError, nearest
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.changes import DeployChanges
from api_platform.plan.deploy_plan import DeployPlan
from api_platform.plan.sources.cluster import LiveCluster
from api_platform.plan.sources.commit_side import CommitSide
from api_platform.plan.sources.deployed import Deployed
from api_platform.plan.sources.git import Checkout
from api_platform.plan.sources.synthesis import AssemblyCache, SynthesisFailedError
from api_platform.plan.states import DeployState

HEAD: Final = "HEAD"
"""What is compared with where nobody says anything."""


@dataclass(frozen=True)
class PlanRequest:
    """What somebody asks to have planned."""

    environment: str | None = None
    """Default: all."""
    against: str = HEAD
    """The old side: a commit, branch or tag; `deployed` or `cluster`."""
    assembly: Path | None = None
    """The new side. Default: what the working tree comes to."""


class OldSide(Protocol):
    """Where the old side comes from."""

    @property
    def title(self) -> str:
        """Return how messages name it."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what to know of a comparison with it."""

    def environments(self, after: CloudAssembly) -> list[str]:
        """Return those that a plan of everything is about."""

    def changes(self, environment: str, after: CloudAssembly) -> DeployChanges:
        """Return what a deploy of one environment changes."""


@dataclass(frozen=True)
class OldAssembly:
    """An old side that was synthesized as the new one is."""

    title: str
    assembly: CloudAssembly
    notes: tuple[str, ...] = ()

    def environments(self, after: CloudAssembly) -> list[str]:
        """Return those of both sides: what left the app is still deployed."""
        return list(dict.fromkeys([*after.environments, *self.assembly.environments]))

    def changes(self, environment: str, after: CloudAssembly) -> DeployChanges:
        """Compare the templates."""
        old, new = (DeployState.of_stacks(side.of(environment)) for side in (self.assembly, after))
        return DeployChanges.between(old, new)


def make_plans(request: PlanRequest) -> list[DeployPlan]:
    """Return a plan for each environment that is asked for.

    Raises InputError where something was asked wrongly, cannot be synthesized, or cannot be reached.
    """
    if request.assembly is None and request.environment not in (None, *ENVIRONMENT_NAMES):
        known = nearest(str(request.environment), ENVIRONMENT_NAMES)
        raise InputError(f"environment {request.environment!r} does not exist. {known}")
    return list(_plans(request, *_sides(request)))


def _plans(request: PlanRequest, old: OldSide, after: CloudAssembly) -> Iterator[DeployPlan]:
    environments = [request.environment] if request.environment else old.environments(after)
    for environment in environments:
        yield DeployPlan.of(environment, old.title, old.changes(environment, after), old.notes)


def _sides(request: PlanRequest) -> tuple[OldSide, CloudAssembly]:
    checkout, cache = Checkout(ROOT), AssemblyCache()
    if known := _LIVE.get(request.against):
        return known(), _new_side(request, checkout, cache)
    reference = CommitSide(checkout, checkout.commit(request.against))
    # Two processes, which know nothing of each other: side by side they take as long as one.
    with ThreadPoolExecutor(2) as threads:
        before = threads.submit(reference.assembly, cache, request.environment)
        after = _new_side(request, checkout, cache)
        return OldAssembly(str(reference.commit), before.result(), reference.notes), after


def _new_side(request: PlanRequest, checkout: Checkout, cache: AssemblyCache) -> CloudAssembly:
    if request.assembly:
        given = CloudAssembly.read(request.assembly)
        if request.environment:
            given.require(request.environment, request.assembly)
        return given
    try:
        return cache.get(checkout.tree(), request.environment, lambda _: ROOT)
    except SynthesisFailedError as error:
        raise InputError(str(error)) from None


_LIVE: Mapping[str, Callable[[], OldSide]] = {"cluster": LiveCluster.current, "deployed": Deployed}
"""Words that name no commit."""
