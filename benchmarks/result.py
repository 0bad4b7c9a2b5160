"""What a line of the table says: what was measured, against which target."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One line of the table."""

    what: str
    target: str
    measured: str
    met: bool | None
    """None: it could not be measured, and `measured` says why."""
    detail: str = ""
    """Seconds and the like; they hold for this machine only."""

    @property
    def verdict(self) -> str:
        """Say whether the target is met."""
        return {True: "met", False: "MISSED", None: "not measured"}[self.met]


def at_most(what: str, limit: float, measured: float, *, shown: str = "", detail: str = "", unit: str = "x") -> Result:
    """Return the line of a figure that must not exceed `limit`."""
    return Result(what, f"<= {limit:g} {unit}", f"{shown or f'{measured:.2f}'} {unit}", measured <= limit, detail)
