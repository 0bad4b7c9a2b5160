"""What holds for every test."""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

if (ROOT / "constructs" / "__init__.py").exists():
    pytest.exit(
        "constructs/__init__.py must not exist: with it, our folder shadows the package named constructs, and every "
        "import of cdk8s or aws_cdk dies with \"No module named 'constructs._jsii'\". Delete the file.",
        returncode=4,
    )

import api_platform  # noqa: E402, F401 - sets JSII_NODE, before a test can start jsii

# Validation of templates, which runs in Template.from_stack too, takes 100 times as long as the rest of a stack's test.
# `cdk synth`, one of the checks, keeps it on.
os.environ.setdefault("CDK_VALIDATION", "false")

LONGEST = ("tests/proof/test_project.py", "tests/imports/test_crds.py", "tests/test_fourth_service.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes minutes, so that at the end no worker waits for the other."""
    items.sort(key=lambda item: item.path.relative_to(ROOT).as_posix() not in LONGEST)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave modules alone under `-m "not aws"`: to deselect a test pytest imports it, and aws_cdk takes seconds."""
    if "not aws" not in config.option.markexpr or not collection_path.match("test_*.py"):
        return None
    marked = re.search(r"^pytestmark = .*pytest\.mark\.aws\b", collection_path.read_text("utf-8"), flags=re.MULTILINE)
    return True if marked else None
