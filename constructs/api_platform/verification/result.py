"""What one part of a verification found."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class VerificationResult:
    """One part's sentence, and its failures."""

    summary: str
    """What was looked at, with figures."""
    failures: Sequence[str] = ()
    """A sentence each: what, why, and where to look. None: all is well."""
