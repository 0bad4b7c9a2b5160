"""The instance types that share one quota of vCPUs."""

import re
from typing import Final

_STANDARD: Final = re.compile(r"(?:[acdhmrtz]|im?|is)\d")
"""Families A, C, D, H, I, M, R, T and Z; all others have quotas of their own."""


def is_standard(instance_type: str) -> bool:
    """Return whether machines of this type count against the quota of the standard families."""
    return _STANDARD.match(instance_type) is not None
