"""The side that a commit of this repository is, synthesized by its own code."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api_platform.errors import InputError
from api_platform.plan.assembly import CloudAssembly
from api_platform.plan.sources.git import Checkout, Commit
from api_platform.plan.sources.synthesis import AssemblyCache, SynthesisFailedError

_LOCK: Final = "requirements/run.txt"
_LAST_LINES: Final = 12


@dataclass(frozen=True)
class CommitSide:
    """A commit to compare with."""

    checkout: Checkout
    commit: Commit

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what to know of the comparison: that the commit was made for other packages."""
        if not self.checkout.has_other(_LOCK, self.commit):
            return ()
        return (
            (
                f"{self.commit} has another {_LOCK}: it was synthesized with the packages that are installed here, so "
                "what follows from the packages alone is not in this plan."
            ),
        )

    def assembly(self, cache: AssemblyCache, environment: str | None) -> CloudAssembly:
        """Return what the commit comes to. Raises InputError where its own code cannot render it."""
        try:
            return cache.get(self.commit.tree, environment, self._extract)
        except SynthesisFailedError as error:
            last = "\n".join(str(error).splitlines()[-_LAST_LINES:])
            raise InputError(
                f"--against {self.commit}: it cannot be synthesized by its own code with the packages that are "
                f"installed here. Name a later commit, or use --against deployed. It said:\n{last}"
            ) from None

    def _extract(self, folder: Path) -> Path:
        self.checkout.extract(self.commit, folder)
        return folder
