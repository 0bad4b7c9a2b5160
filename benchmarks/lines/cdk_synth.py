"""CloudFormation of one environment, against an app that only imports what ours does."""

from benchmarks.context import Context
from benchmarks.result import Result, ratio_at_most
from benchmarks.timing import Side, alternate

_ENVIRONMENT = "production"


def cdk_synth(context: Context) -> list[Result]:
    """Compare the CDK app with an empty one, both without CDK's validation of templates."""
    platform = context.platform
    settings = {"CDK_VALIDATION": "false", "ENVIRONMENT": _ENVIRONMENT}
    output = context.folder / "cdk.out"
    ours = ("cdk", "synth", "--quiet", "--output", output / "ours")
    empty = ("cdk", "synth", "--quiet", "--output", output / "empty", "--app", "python -O -m benchmarks.empty_app")
    times = alternate(
        {
            "ours": Side(platform.command(*ours, **settings), platform.forget_all),
            "empty": Side(platform.command(*empty, **settings)),
        },
        context.rounds,
    )
    detail = f"empty app {times.median('empty'):.1f} s"
    return [ratio_at_most("`cdk synth` of one environment, validation off", 2, times, "ours", "empty", detail)]
