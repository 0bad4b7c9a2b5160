"""What a scenario is: its name, its expectation, what it needs, and the function that measures."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from eks_twin.proof.result import Outcome

Context_contra = TypeVar("Context_contra", contravariant=True)
"""What a scenario works on: the running twin. One that asks for less of it can be run with more."""


class LeftOut(Exception):  # noqa: N818  (no error: the scenario says that it does not apply here)
    """Raised by a scenario that finds that it cannot be run here. The message is the reason, which the page shows."""


@dataclass(frozen=True, kw_only=True)
class Scenario(Generic[Context_contra]):
    """A scenario: one file holds one of these, as `SCENARIO`."""

    name: str
    """The file's own name, e.g. `scaling`: the section's address on the page."""
    title: str
    """A few words, e.g. "Scaling follows the policy"."""
    expectation: str
    """One sentence that can be false."""
    run: Callable[[Context_contra], Outcome]
    """Measures. May raise TwinError with a message for people, or LeftOut; whatever it raises reaches the page."""
    needs: frozenset[str] = frozenset()
    """Families of programs beside those of a control plane, e.g. `{"keda"}`."""
    short: str = ""
    """What the short form leaves out, for the page: a sentence. Empty where it leaves out nothing."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]*", self.name):
            raise ValueError(f"scenario {self.name!r}: a name has small letters, digits and hyphens; it is an address")
