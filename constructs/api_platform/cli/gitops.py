"""`api-platform gitops`: the manifests for Argo CD."""

import sys
from collections.abc import Sequence
from pathlib import Path

from api_platform.cli.own_folder import write_own_folders
from api_platform.cli.rendered import rendered
from api_platform.errors import InputError, shown
from api_platform.gitops.folder import MARK, gitops_files
from api_platform.gitops.git_source import GitSource
from api_platform.manifests.findings import FindingsError, print_reports, require_clean
from api_platform.manifests.synthesis import DIST


def gitops_command(environment: str | None, settings: Sequence[str], source: GitSource, folder: Path) -> int:
    """Write a folder for each environment. Returns 1 on findings that no spec acknowledges, and then writes nothing.

    Raises InputError where a folder holds anything else.
    """
    folder = folder.resolve()
    if folder == DIST:
        raise InputError("--out dist: holds what CDK and kubectl apply, without waves. Name another folder.")
    renderings = rendered(environment, settings)
    try:
        require_clean({one.environment.name: one.report for one in renderings})
    except FindingsError as error:
        print_reports(error.reports)
        print(error, file=sys.stderr)
        return 1
    write_own_folders({folder / one.environment.name: gitops_files(one, source) for one in renderings}, MARK)
    for one in renderings:
        name = one.environment.name
        print(f"{name}: {len(one.files)} Applications and their root in {shown(folder / name)}", file=sys.stderr)
        if one.environment.kubernetes_objects == "cdk":
            print(f"{name}: CDK owns its objects. Hand them over first: docs/gitops.md", file=sys.stderr)
    return 0
