"""What becomes of simulated nodes and pods: kwok's stages, one file each in `stages/`."""

from pathlib import Path

import yaml

from eks_twin.home import Home

STAGES = Path(__file__).parent / "stages"

_NOTICE = "simulated, by kwok: this pod has no container, so nothing was ever logged"


def write_configuration(home: Home) -> Path:
    """Write what kwok reads at its start, and return the file: the stages, and the answer to `kubectl logs`."""
    folder = home.of("kwok")
    folder.mkdir(parents=True, exist_ok=True)
    notice = folder / "notice.log"
    notice.write_text(f"2026-01-01T00:00:00.000000000Z stdout F {_NOTICE}\n")
    documents = [stage.read_text() for stage in sorted(STAGES.glob("*.yaml"))]
    documents.append(yaml.safe_dump(_logs(notice), sort_keys=False))
    file = folder / "kwok.yaml"
    file.write_text("---\n".join(documents))
    return file


def _logs(notice: Path) -> dict[str, object]:
    """Return what answers `kubectl logs` of any pod; without it, the API server would call a node that is not there."""
    return {
        "apiVersion": "kwok.x-k8s.io/v1alpha1",
        "kind": "ClusterLogs",
        "metadata": {"name": "notice"},
        "spec": {"logs": [{"logsFile": str(notice)}]},
    }
