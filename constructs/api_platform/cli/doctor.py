"""`api-platform doctor`: what is wrong with what runs."""

from api_platform.doctor.output import FORMATS
from api_platform.doctor.report import examine
from api_platform.environment import load_environments
from api_platform.errors import InputError, nearest
from api_platform.kubectl_calls import KubectlCalls


def doctor_command(
    service: str | None, environment_name: str, context: str | None, output_format: str, *, ask_aws: bool
) -> int:
    """Print what is wrong. Returns 1 where there is anything. Raises InputError on bad input, and on no answer."""
    if output_format not in FORMATS:
        raise InputError(f"format {output_format!r} is not known. {nearest(output_format, list(FORMATS))}")
    (environment,) = load_environments(environment_name)
    report = examine(environment, service, KubectlCalls(context), ask_aws=ask_aws)
    FORMATS[output_format](report)
    return 1 if report.diagnoses else 0
