"""Finds promtool, which tests Prometheus rules as rules; builds it with Go where it is not installed.

Printed by `python scripts/promtool.py`. The pinned version is in tools/promtool/go.mod.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from eks_twin.binaries import BinariesMissingError, Family, find_binaries, shown_steps
from eks_twin.binaries.go_module import GoModule
from eks_twin.errors import TwinError

PROMTOOL: Final = Family(
    name="promtool",
    module=GoModule(Path(__file__).resolve().parent.parent / "tools" / "promtool"),
    pin="github.com/prometheus/prometheus",
    programs={"promtool": "github.com/prometheus/prometheus/cmd/promtool"},
    cold_seconds=120,
    # Leaves out the clients of 25 clouds' service discovery, which rule tests never call.
    tags=("remove_all_sd",),
    own_folder=None,
)


class PromtoolMissingError(Exception):
    """promtool was demanded with REQUIRE_PROMTOOL=1, and can neither be found nor be built."""


def find_promtool() -> Path | None:
    """The promtool on PATH, else the one built earlier, else one built now (two minutes, once for each version).

    None when there is no Go to build it with, so that the caller can leave its checks out and say how many;
    with REQUIRE_PROMTOOL=1 in the environment that is an error instead, so that CI never leaves them out.
    """
    if installed := shutil.which("promtool"):
        return Path(installed)
    try:
        with shown_steps() as progress:
            return find_binaries([PROMTOOL], build=shutil.which("go") is not None, progress=progress)["promtool"]
    except BinariesMissingError:
        problem = "there is no promtool on PATH, and no Go to build it with"
    except TwinError as error:
        problem = str(error)
    if os.environ.get("REQUIRE_PROMTOOL") == "1":
        raise PromtoolMissingError(f"promtool: {problem}. Install promtool or Go, or unset REQUIRE_PROMTOOL.")
    print(f"promtool: {problem}", file=sys.stderr)
    return None


if __name__ == "__main__":
    try:
        found = find_promtool()
    except PromtoolMissingError as error:
        sys.exit(str(error))
    if found is None:
        sys.exit(1)
    print(found)
