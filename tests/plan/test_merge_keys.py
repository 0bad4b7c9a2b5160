import pytest

from api_platform.plan.merge_keys import merge_key


@pytest.mark.parametrize(
    ("list_name", "item", "key"),
    [
        ("containers", {"name": "app", "image": "x"}, "app"),
        ("ports", {"name": "http", "port": 80}, "http"),
        ("ports", {"port": 53, "protocol": "UDP"}, "53/UDP"),
        ("ports", {"containerPort": 80}, "80"),
        ("metrics", {"type": "ContainerResource", "containerResource": {"name": "cpu", "container": "app"}}, "cpu/app"),
        ("rules", {"alert": "Down"}, "Down"),
        ("rules", {"from": []}, None),
        ("anything", {"name": "x"}, None),
        ("hosts", "a.example.com", "a.example.com"),
    ],
)
def test_an_item_is_named_as_kubernetes_merges_it(list_name: str, item: object, key: str | None) -> None:
    assert merge_key(list_name, item) == key
