"""A real Kubernetes control plane on loopback, with simulated nodes."""

from eks_twin.control_plane.control_plane import (
    PROGRAMS,
    ControlPlane,
    open_control_plane,
    start_control_plane,
)
from eks_twin.control_plane.settings import Settings

__all__ = ["PROGRAMS", "ControlPlane", "Settings", "open_control_plane", "start_control_plane"]
