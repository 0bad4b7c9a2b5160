"""`api-platform preflight`: what a first deployment would fail at."""

from api_platform.doctor.output import FORMATS
from api_platform.environment import load_environments
from api_platform.errors import InputError, nearest
from api_platform.preflight.preflight_report import prepare


def preflight_command(environment_name: str, output_format: str, role: str | None) -> int:
    """Print what is missing. Returns 1 where anything is. Raises InputError on bad input, and without credentials."""
    show = FORMATS.get(output_format)
    if show is None:
        raise InputError(f"format {output_format!r} is not known. {nearest(output_format, [*FORMATS])}")
    (environment,) = load_environments(environment_name)
    report = prepare(environment, role)
    show(report)
    return 1 if report.diagnoses else 0
