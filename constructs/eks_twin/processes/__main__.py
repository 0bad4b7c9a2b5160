"""`python -m eks_twin.processes FOLDER [--stop-with PID]`: the supervisor of the twin in that folder."""

import argparse
import sys
from pathlib import Path

from eks_twin.errors import TwinError
from eks_twin.home import Home
from eks_twin.processes.identity import identity_of
from eks_twin.processes.supervisor import Supervisor


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eks_twin.processes")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stop-with", type=int, metavar="PID")
    arguments = parser.parse_args()
    owner = identity_of(arguments.stop_with) if arguments.stop_with else None
    if arguments.stop_with and owner is None:
        return 0  # it has ended already
    try:
        Supervisor(Home(arguments.folder), owner).run()
    except TwinError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
