"""`api-platform twin analyze`: what Istio says of what is rendered."""

from collections.abc import Iterator

from api_platform.environment import ROOT
from api_platform.proof.istio import ISTIO
from api_platform.proof.mesh_analysis.environments import all_checks, examine, judge_all
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from eks_twin.binaries import Progress, find_binaries


def analyze_environments(progress: Progress) -> int:
    """Print what nobody has acknowledged. Returns 1 where there is anything. Raises TwinError where istioctl fails."""
    istioctl = Istioctl(find_binaries((ISTIO,), progress=progress)["istioctl"])
    checks = all_checks(istioctl, ROOT)
    examined = examine(checks)
    found = {name: [*map(str, said)] for name, said in judge_all(checks, examined).unacknowledged.items()}
    for name, one in examined.items():
        found[name] += [f"istiod would refuse it: {said}" for said in one.refused]
    for line in _lines({name: one.objects for name, one in examined.items()}, found):
        print(line)
    return 1 if any(found.values()) else 0


def _lines(objects: dict[str, int], found: dict[str, list[str]]) -> Iterator[str]:
    for name, said in found.items():
        count = f"{len(said)} that nobody has acknowledged" if said else "nothing that nobody has acknowledged"
        yield f"{name}: istioctl says of {objects[name]} objects {count}"
        yield from (f"  {one}" for one in said)
