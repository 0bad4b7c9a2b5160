"""What a line of the table says: what was measured, against which target."""

from dataclasses import dataclass

from benchmarks.timing import Times


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


def at_most(what: str, limit: float, measured: float, *, shown: str = "", detail: str = "") -> Result:
    """Return the line of a ratio that must not exceed `limit`."""
    return Result(what, f"<= {limit:g} x", f"{shown or f'{measured:.2f}'} x", measured <= limit, detail)


def under(what: str, limit: int, measured: float, unit: str, detail: str = "") -> Result:
    """Return the line of a figure that must stay under `limit`."""
    return Result(what, f"< {limit} {unit}", f"{measured:.0f} {unit}", measured < limit, detail)


def not_measured(what: str, why: str) -> Result:
    """Return the line of a figure that cannot be had here."""
    return Result(what, "", why, met=None)


def ratio_at_most(what: str, limit: float, times: Times, side: str, to: str, detail: str = "") -> Result:
    """Return the line of a ratio of two sides' times, which must not exceed `limit`."""
    ratio = times.ratio(side, to)
    seconds = f"{times.median(side):.2f} s"
    return at_most(what, limit, ratio.median, shown=str(ratio), detail=f"{seconds}; {detail}" if detail else seconds)
