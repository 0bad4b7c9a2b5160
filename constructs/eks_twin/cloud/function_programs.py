"""The programs that the CDK's kubectl function finds on its path: kubectl itself, and as much of `aws` as it calls."""

import shlex
from pathlib import Path

_AWS = """#!/bin/sh
# Stands in for the AWS CLI, of which the kubectl function calls one command.
if [ "$1 $2 $3 $5" != "eks update-kubeconfig --name --kubeconfig" ]; then
    echo "the twin's aws answers 'eks update-kubeconfig --name NAME --kubeconfig FILE' alone, not: $*" >&2
    exit 2
fi
kubeconfig={clusters}/"$4"/kubeconfig
if [ ! -f "$kubeconfig" ]; then
    echo "no cluster found for name: $4" >&2
    exit 254
fi
# By its path: the functions' own has no programs but these.
exec /bin/cp "$kubeconfig" "$6"
"""


def write_function_programs(folder: Path, *, kubectl: Path, clusters: Path) -> None:
    """Write the programs to the folder. `clusters`: where each cluster of the account and region has its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "kubectl"
    link.unlink(missing_ok=True)
    link.symlink_to(kubectl)
    script = folder / "aws"
    script.write_text(_AWS.format(clusters=shlex.quote(str(clusters))))
    script.chmod(0o755)
