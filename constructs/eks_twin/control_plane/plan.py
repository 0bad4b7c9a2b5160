"""What each program of one start needs to know of the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eks_twin.control_plane.addresses import local
from eks_twin.control_plane.certificates import Certificates
from eks_twin.control_plane.kubeconfig import User
from eks_twin.control_plane.settings import Settings
from eks_twin.home import Home


@dataclass(frozen=True)
class Plan:
    """One start of a control plane."""

    home: Home
    binaries: Mapping[str, Path]
    """Where each program lies, by its name."""
    ports: Mapping[str, int]
    """On 127.0.0.1, by the program's name; etcd's second one as `etcd-peers`."""
    users: Mapping[str, User] = field(default_factory=dict)
    """Who may speak to the API server, by name."""
    settings: Settings = field(default_factory=Settings)

    @property
    def certificates(self) -> Certificates:
        """The files; `make_certificates` makes them."""
        return Certificates(self.home.certificates)

    def secure(self, program: str) -> str:
        """Return the https URL of a program."""
        return f"https://{local(self.ports[program])}"
