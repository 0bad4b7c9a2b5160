from dataclasses import replace

from api_platform.preflight.account_reading import RegistryImage
from tests.preflight.prepared import REGISTRY, a_reading, images, with_account

CHECK = "images-fit-the-nodes"
STOCK = f"{REGISTRY}/stock:v1.2.3"


def test_an_image_for_other_processors_is_found() -> None:
    """m7g and c7g are arm64: the pods would crash, `exec format error`, after a green build on another machine."""
    found = with_account(images={**images(), STOCK: RegistryImage(frozenset({"amd64"}))}).only(CHECK)
    assert (found.subject, found.what) == ("stock", "its nodes are arm64, and it is built for amd64")
    assert "--platform linux/arm64" in found.remedy


def test_each_workload_is_held_against_its_own_nodes() -> None:
    """`stock` alone runs in the pool of other machines."""
    arm = dict.fromkeys(images(), RegistryImage(frozenset({"arm64"})))
    types = a_reading().machine_types or {}
    intel = {**types, "c7g.xlarge": replace(types["c7g.xlarge"], architecture="amd64")}
    assert with_account(images=arm, machine_types=intel).only(CHECK).subject == "stock"


def test_an_image_whose_architecture_is_not_known_is_left_out() -> None:
    assert with_account(images={**images(), STOCK: RegistryImage(None)}).say(CHECK) == []


def test_nodes_whose_architecture_is_not_known_are_left_out() -> None:
    wrong = {**images(), STOCK: RegistryImage(frozenset({"amd64"}))}
    assert with_account(images=wrong, machine_types=None).say(CHECK) == []
