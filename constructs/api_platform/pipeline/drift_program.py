"""The program that looks for drift, as an archive that CodeBuild takes as its source."""

from typing import Final

from aws_cdk import IgnoreMode
from aws_cdk import aws_s3_assets as assets
from constructs import Construct

from api_platform.environment import ROOT

CONTENT: Final = (
    "constructs/api_platform",
    "constructs/eks_twin/pyproject.toml",  # scripts/ look at it; nothing of it is installed
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements",
    "scripts",
)
"""What it needs to set itself up and to run."""
_NOT_RUN: Final = tuple(
    f"constructs/api_platform/{folder}"
    for folder in (
        *("aws", "charts", "gitops", "kubernetes", "mesh", "pipeline", "preflight", "proof", "release", "runbooks"),
        *("services", "verification"),
    )
)
"""What it does not run. With the services, every release would change the archive, and with that a stack."""


def drift_program(scope: Construct) -> assets.Asset:
    """Put the program into the bucket of `cdk bootstrap`."""
    return assets.Asset(scope, "Program", path=str(ROOT), exclude=ignored(), ignore_mode=IgnoreMode.GIT)


def ignored() -> list[str]:
    """Return what of the repository stays out, as .gitignore says it: all, but for the content."""
    kept: list[str] = []
    for path in CONTENT:
        *folders, _ = path.split("/")
        for depth in range(len(folders)):
            folder = "/".join(folders[: depth + 1])
            kept += [f"!/{folder}", f"/{folder}/*"]
    kept = list(dict.fromkeys(kept))
    return ["/*", *kept, *(f"!/{path}" for path in CONTENT), *(f"/{path}" for path in _NOT_RUN), "__pycache__"]
