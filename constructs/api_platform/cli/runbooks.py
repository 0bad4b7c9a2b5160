"""`api-platform runbooks`: what to do when an alert fires, a page for each."""

import sys
from pathlib import Path

from api_platform.cli.own_folder import write_own_folders
from api_platform.cli.rendered import rendered
from api_platform.errors import shown
from api_platform.runbooks.pages import MARK, pages


def runbooks_command(environment: str | None, folder: Path) -> None:
    """Write the pages. Raises InputError where the folder holds anything else."""
    files = pages(rendered(environment))
    write_own_folders({folder.resolve(): files}, MARK)
    print(f"{len(files) - 1} runbooks and their index in {shown(folder.resolve())}", file=sys.stderr)
