"""`python -m eks_twin.binaries [name ...]`: build, and print where each program lies."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from eks_twin.binaries.custom_resource_definitions import find_custom_resource_definitions
from eks_twin.binaries.families import CONTROL_PLANE, FAMILIES
from eks_twin.binaries.find import find_binaries
from eks_twin.binaries.progress import shown_steps
from eks_twin.errors import InputError, TwinError, nearest

DEFINITIONS: Final = "definitions"
NAMES: Final = (*FAMILIES, DEFINITIONS)
DEFAULT: Final = (*(family.name for family in CONTROL_PLANE), DEFINITIONS)
"""What a deployment onto the twin needs."""


def main(words: Sequence[str] | None = None) -> int:
    """Return the exit code: 1 when something could not be built, 2 for what the caller can correct."""
    parser = argparse.ArgumentParser(
        prog="python -m eks_twin.binaries",
        description="Build what the twin runs, and print where it lies.",
    )
    parser.add_argument("name", nargs="*", help=f"of {', '.join(NAMES)}; without any: {', '.join(DEFAULT)}")
    try:
        found = find(parser.parse_args(words).name or DEFAULT)
    except (TwinError, InputError) as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, InputError) else 1
    except KeyboardInterrupt:
        return 130
    for name, path in found.items():
        print(f"{name:<25}{path}")
    return 0


def find(names: Sequence[str]) -> dict[str, Path]:
    """Return where everything of these names lies; build and fetch what is missing."""
    if unknown := [name for name in names if name not in NAMES]:
        raise InputError(f"There is nothing of the name {unknown[0]!r}. {nearest(unknown[0], NAMES)}")
    families = [FAMILIES[name] for name in names if name != DEFINITIONS]
    with shown_steps() as progress:
        found = dict(find_binaries(families, progress=progress))
        if DEFINITIONS in names:
            definitions = find_custom_resource_definitions(progress=progress).values()
            found.update({path.name: path for path in definitions})
    return found


if __name__ == "__main__":
    sys.exit(main())
