"""The language runtime inside a container, whose settings follow from the resources and are never typed twice."""

import math
from typing import Annotated

from pydantic import Field

from api_platform.model import Spec
from api_platform.service.quantity import Memory
from api_platform.service.resources import Resources

NODE_HEAP_PERCENT = 60
"""Share of the memory request: V8 fills its heap before it collects hard, so more would hold memory at its target."""
GO_HEAP_PERCENT = 90
"""Share of the memory limit: a soft limit near which Go collects harder instead of being killed."""


class NodeRuntime(Spec):
    """Node.js."""

    keep_alive_seconds: Annotated[int, Field(ge=2)] = 5
    """`server.keepAliveTimeout`: the mesh closes idle connections before it does. Default: Node's own 5 seconds."""

    def heap(self, resources: Resources) -> Memory:
        """Return how large the heap may grow."""
        return resources.memory.percent(NODE_HEAP_PERCENT)

    def variables(self, resources: Resources) -> dict[str, str]:
        """Return the environment variables that fit the runtime to its resources."""
        return {
            "NODE_OPTIONS": f"--max-old-space-size={self.heap(resources).whole_mebibytes}",
            "KEEP_ALIVE_SECONDS": str(self.keep_alive_seconds),
        }


class GoRuntime(Spec):
    """Go."""

    keep_alive_seconds: Annotated[int, Field(ge=2)] = 60
    """`http.Server.IdleTimeout`: the mesh closes idle connections before it does. Default: 60 seconds."""

    def heap(self, resources: Resources) -> Memory:
        """Return how large the heap may grow."""
        return resources.memory_limit.percent(GO_HEAP_PERCENT)

    def variables(self, resources: Resources) -> dict[str, str]:
        """Return the environment variables that fit the runtime to its resources."""
        return {
            "GOMEMLIMIT": f"{self.heap(resources).whole_mebibytes}MiB",
            "GOMAXPROCS": str(math.ceil(resources.cpu_limit.millicores / 1000)),
            "KEEP_ALIVE_SECONDS": str(self.keep_alive_seconds),
        }


Runtime = NodeRuntime | GoRuntime
