"""Where a twin keeps everything: one folder, so that removing it leaves nothing behind."""

from dataclasses import dataclass
from pathlib import Path

from eks_twin.app import ClusterName, Place

DEFAULT = ".twin"
"""Where a twin keeps everything unless somebody says otherwise, below the folder of the app."""


@dataclass(frozen=True)
class Home:
    """The folder of one twin, or of one of its clusters below it. Two twins with two folders do not meet."""

    folder: Path

    @property
    def record(self) -> Path:
        """What runs, and where: written by whoever starts it, read by status, logs and down."""
        return self.folder / "twin.json"

    @property
    def kubeconfig(self) -> Path:
        """What kubectl needs to reach the twin's API server."""
        return self.folder / "kubeconfig"

    @property
    def logs(self) -> Path:
        """One file for each program: `<name>.log`."""
        return self.folder / "logs"

    @property
    def certificates(self) -> Path:
        """The twin's own certificate authority and what it signed."""
        return self.folder / "certificates"

    @property
    def assembly(self) -> Path:
        """What `cdk synth` wrote, and `cdk deploy` reads."""
        return self.folder / "cdk.out"

    def of_cluster(self, cluster: ClusterName) -> "Home":
        """Return the folder in which this cluster has its control plane."""
        return Home(self._clusters / cluster.place.account / cluster.place.region / cluster.name)

    @property
    def clusters(self) -> list[ClusterName]:
        """The clusters that have a folder."""
        found = (path.parts[-3:] for path in self._clusters.glob("*/*/*"))
        return sorted(ClusterName(Place(account, region), name) for account, region, name in found)

    @property
    def _clusters(self) -> Path:
        return self.folder / "clusters"

    def of(self, program: str) -> Path:
        """Return the folder that this program may write to."""
        return self.folder / program

    def make(self) -> None:
        """Create the folder, for nobody else to read: it holds keys."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.logs.mkdir(exist_ok=True)
