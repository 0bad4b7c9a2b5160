"""Plain YAML of all environments: cdk8s and our own command against Helm."""

from benchmarks.context import Context
from benchmarks.helm_side import one_after_another, side_by_side
from benchmarks.machine import CORES
from benchmarks.result import Result, ratio_at_most
from benchmarks.timing import Side, alternate

_CDK8S = "`cdk8s synth` of all three environments"
_OURS = "`api-platform synth` of the same"
_UNCHANGED = "`api-platform synth` when nothing has changed"


def synth(context: Context) -> list[Result]:
    """Compare with Helm's processes, one for each service and environment."""
    platform = context.platform
    releases = context.releases(platform)
    command = platform.command("api-platform", "synth")
    times = alternate(
        {
            "helm": Side(one_after_another(releases, context.folder / "helm")),
            "helm, parallel": Side(side_by_side(releases, context.folder / "helm-parallel", CORES)),
            "cdk8s": Side(platform.command("cdk8s", "synth"), platform.forget_all),
            "ours": Side(command, platform.forget_all),
            "unchanged": Side(command),
        },
        context.rounds,
    )
    helm = f"helm: {len(releases)} processes one after another {times.median('helm'):.2f} s"
    parallel = f"{CORES} at a time {times.median('helm, parallel'):.2f} s"
    return [
        ratio_at_most(_CDK8S, 4, times, "cdk8s", "helm", f"{helm}, {parallel}"),
        ratio_at_most(_OURS, 2.5, times, "ours", "helm"),
        ratio_at_most(_UNCHANGED, 1, times, "unchanged", "helm"),
    ]
