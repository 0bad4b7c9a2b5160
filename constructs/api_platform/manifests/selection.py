"""What one run is asked for: which environments, at which image tags."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api_platform.overrides import parse_overrides


@dataclass(frozen=True)
class Selection:
    """Which environments to work on, and the tags that hold for this run alone."""

    environment: str | None = None
    """None: all of them."""
    overrides: Mapping[str, str] = field(default_factory=dict)
    """Service -> tag."""

    @classmethod
    def of_process(cls, environment: str | None = None, settings: Sequence[str] = ()) -> "Selection":
        """Return what ENVIRONMENT and API_PLATFORM_SET (settings with commas between) say; what is given here wins.

        Raises InputError on a setting that is none.
        """
        shared = [setting for setting in os.environ.get("API_PLATFORM_SET", "").split(",") if setting.strip()]
        return cls(environment or os.environ.get("ENVIRONMENT") or None, parse_overrides([*shared, *settings]))
