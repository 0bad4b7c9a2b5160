"""The whole platform, rendered once and shared by all tests that look at it."""

from functools import cache

import pytest

from api_platform.environment import ENVIRONMENT_NAMES, load_environments
from api_platform.manifests.rendering import Rendering, render

every_environment = pytest.mark.parametrize("environment", ENVIRONMENT_NAMES)


@cache
def rendering_of(environment: str) -> Rendering:
    """Return all that the repository's own environment of this name comes to. Copy what you change."""
    (only,) = load_environments(environment)
    return render(only)
