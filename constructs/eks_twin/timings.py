"""How long each part of a piece of work took."""

import time
from dataclasses import dataclass, field


@dataclass
class Timings:
    """Parts and their seconds, in order."""

    parts: list[tuple[str, float]] = field(default_factory=list)
    _last: float = field(default_factory=time.monotonic)

    def done(self, part: str) -> None:
        """Note the end of a part, which began when the one before ended."""
        now = time.monotonic()
        self.parts.append((part, now - self._last))
        self._last = now

    @property
    def total(self) -> float:
        """Seconds of all parts."""
        return sum(seconds for _, seconds in self.parts)
