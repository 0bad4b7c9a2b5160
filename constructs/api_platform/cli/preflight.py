"""`api-platform preflight`: what a first deployment would fail at."""

from api_platform.cli.options import chosen_form
from api_platform.doctor.output import FORMATS
from api_platform.environment import load_environments
from api_platform.preflight.preflight_report import prepare


def preflight_command(environment_name: str, output_format: str, role: str | None) -> int:
    """Print what is missing. Returns 1 where anything is. Raises InputError on bad input, and without credentials."""
    show = chosen_form(output_format, FORMATS)
    (environment,) = load_environments(environment_name)
    report = prepare(environment, role)
    show(report)
    return 1 if report.diagnoses else 0
