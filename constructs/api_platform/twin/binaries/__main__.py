"""`python -m api_platform.twin.binaries [family ...]`: build, and print where each program lies."""

import argparse
import sys

from api_platform.errors import InputError, nearest
from api_platform.twin.binaries.families import CONTROL_PLANE, FAMILIES
from api_platform.twin.binaries.family import Family
from api_platform.twin.binaries.find import find_binaries
from api_platform.twin.binaries.progress import shown_steps
from api_platform.twin.errors import TwinError


def main() -> int:
    """Return the exit code: 1 when something could not be built, 2 for what the caller can correct."""
    parser = argparse.ArgumentParser(
        prog="python -m api_platform.twin.binaries", description="Build the twin's programs."
    )
    default = ", ".join(family.name for family in CONTROL_PLANE)
    parser.add_argument("family", nargs="*", help=f"of {', '.join(FAMILIES)}; without any: {default}")
    try:
        families = [named(name) for name in parser.parse_args().family] or CONTROL_PLANE
        with shown_steps() as progress:
            found = find_binaries(families, progress=progress)
    except (TwinError, InputError) as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, InputError) else 1
    for program, path in found.items():
        print(f"{program:<25}{path}")
    return 0


def named(name: str) -> Family:
    """Return the family of that name."""
    if name not in FAMILIES:
        raise InputError(f"There is no family {name!r}. {nearest(name, list(FAMILIES))}")
    return FAMILIES[name]


if __name__ == "__main__":
    sys.exit(main())
