"""Control planes that only remember what was asked of them."""

from eks_twin.control_plane.nodes import SimulatedGroup


class FakePlanes:
    """Stands for `ControlPlanesAt`, whoever makes it."""

    last: "FakePlanes"

    def __init__(self, *_: object) -> None:
        self.running: set[str] = set()
        self.groups: dict[str, SimulatedGroup] = {}
        FakePlanes.last = self

    def start(self, cluster: str) -> None:
        self.running.add(cluster)

    def delete(self, cluster: str) -> None:
        self.running.discard(cluster)

    def nodes(self, _: str) -> "FakePlanes":
        return self

    def join(self, group: SimulatedGroup, _: str) -> None:
        self.groups[group.name] = group

    def leave(self, group: str) -> None:
        self.groups.pop(group, None)
