"""A pipeline file that is valid: a test changes the one line that it is about."""

from collections.abc import Sequence
from pathlib import Path

from api_platform.environment import Environment, load_environments
from api_platform.errors import InputError
from api_platform.pipeline.pipeline_file import PipelineFile, load_pipeline

VALID = """\
account = "123456789012"
region = "eu-west-1"
repository = "company/platform"
branch = "main"
connection_arn = "arn:aws:codeconnections:eu-west-1:123456789012:connection/0123abcd"
notification_email = "operations@example.com"

[[waves]]
environments = ["development", "staging"]

[[waves]]
environments = ["production"]
approval = true
"""


def load_text(directory: Path, text: str, environments: Sequence[Environment] | None = None) -> PipelineFile:
    """Return the pipeline as a file with this text describes it. `environments`: all there are; default: ours."""
    path = directory / "pipeline.toml"
    path.write_text(text)
    file = load_pipeline(load_environments() if environments is None else environments, path)
    if file is None:
        raise AssertionError("there is a file")
    return file


def changed(old: str, new: str) -> str:
    """Return the valid file with `new` in place of `old`, which stands in it once."""
    if VALID.count(old) != 1:
        raise ValueError(f"{old!r} stands in the valid file {VALID.count(old)} times")
    return VALID.replace(old, new)


def refusal_of(directory: Path, text: str, environments: Sequence[Environment] | None = None) -> str:
    """Return the message with which the file is refused. Raises AssertionError where it is not."""
    try:
        load_text(directory, text, environments)
    except InputError as error:
        return str(error)
    raise AssertionError(f"not refused:\n{text!r}")
