import pytest

from api_platform.proof.mesh_analysis.draft import Draft, Edit, copy, put, remove
from eks_twin.errors import TwinError
from tests.proof.mesh_analysis.mesh_objects import made, namespace, shop


def changed(*edits: Edit) -> Draft:
    draft = Draft(shop())
    for edit in edits:
        edit(draft)
    return draft


def test_puts_a_value_into_a_field() -> None:
    draft = changed(put("VirtualService cart", "spec http 0 timeout", "9s"))
    assert draft.find("VirtualService cart")["spec"]["http"][0]["timeout"] == "9s"


def test_makes_the_maps_on_the_way() -> None:
    draft = changed(put("Deployment cart", "metadata annotations example.com/a", "b"))
    assert draft.find("Deployment cart")["metadata"]["annotations"] == {"example.com/a": "b"}


def test_removes_a_field_and_an_entry_of_a_list() -> None:
    draft = changed(remove("VirtualService cart", "spec http 0 timeout"), remove("Service cart", "spec ports 0"))
    assert "timeout" not in draft.find("VirtualService cart")["spec"]["http"][0]
    assert draft.find("Service cart")["spec"]["ports"] == []


def test_copies_an_object() -> None:
    draft = changed(copy("Service cart", "basket"))
    assert draft.find("Service basket")["spec"] == draft.find("Service cart")["spec"]


def test_a_copy_is_changed_alone() -> None:
    draft = changed(copy("Service cart", "basket"), put("Service basket", "spec ports 0 port", 80))
    assert draft.find("Service cart")["spec"]["ports"][0]["port"] == 8080


def test_leaves_the_objects_as_they_were() -> None:
    objects = shop()
    put("VirtualService cart", "spec http 0 timeout", "9s")(Draft(objects))
    assert objects == shop()


def test_names_what_changed() -> None:
    draft = changed(put("VirtualService cart", "spec http 0 timeout", "9s"), copy("Service cart", "basket"))
    assert [one["kind"] for one in draft.changed] == ["VirtualService", "Service"]


def test_tells_objects_of_one_name_apart_by_their_namespace() -> None:
    draft = Draft([made("PeerAuthentication", "default"), made("PeerAuthentication", "default", namespace="other")])
    assert draft.find("PeerAuthentication other/default")["metadata"]["namespace"] == "other"
    with pytest.raises(TwinError, match="2 objects are called so"):
        draft.find("PeerAuthentication default")


def test_finds_what_has_no_namespace() -> None:
    assert Draft([namespace()]).find("Namespace shop")["kind"] == "Namespace"


def test_refuses_to_change_what_is_not_there() -> None:
    with pytest.raises(TwinError, match="VirtualService basket is to be changed, and 0 objects"):
        changed(put("VirtualService basket", "spec hosts", []))


@pytest.mark.parametrize(
    "edit",
    [
        put("VirtualService cart", "spec http 3 timeout", "9s"),
        put("VirtualService cart", "spec http first timeout", "9s"),
        put("VirtualService cart", "spec http 1", {}),
        put("VirtualService cart", "kind x", "z"),
        put("VirtualService cart", "kind x y", "z"),
        remove("VirtualService cart", "spec tls"),
        remove("VirtualService cart", "spec http 1"),
    ],
)
def test_refuses_a_field_that_is_not_there(edit: Edit) -> None:
    """A change that goes nowhere would leave the configuration as good as it was."""
    with pytest.raises(TwinError, match="VirtualService cart has no field"):
        changed(edit)


def test_refuses_a_change_that_changes_nothing() -> None:
    with pytest.raises(TwinError, match="leaves every object as it is"):
        _ = changed(put("VirtualService cart", "spec http 0 timeout", "5s")).changed
