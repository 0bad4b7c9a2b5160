from api_platform.labels import Owner, platform_labels, platform_metadata

ORDERS = Owner("staging", "shop", "orders")


def test_an_owners_object_has_its_name_by_default() -> None:
    assert (ORDERS.metadata()["name"], ORDERS.metadata("orders-jwt")["name"]) == ("orders", "orders-jwt")


def test_an_owners_object_is_in_its_namespace() -> None:
    assert ORDERS.metadata()["namespace"] == "staging"


def test_an_owners_object_says_whose_it_is() -> None:
    assert ORDERS.metadata()["labels"] == {
        "app.kubernetes.io/name": "orders",
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "api-platform",
    }


def test_labels_are_added_to_those_that_say_whose_it_is() -> None:
    assert ORDERS.metadata(labels={"grafana_dashboard": "1"})["labels"] == {**ORDERS.labels, "grafana_dashboard": "1"}


def test_what_an_object_has_not_is_left_out() -> None:
    """cdk8s would write an empty `annotations`, and every object would change."""
    assert set(platform_metadata("serving")) == {"name", "labels"}
    assert set(ORDERS.metadata(annotations=None)) == {"name", "namespace", "labels"}


def test_annotations_are_kept() -> None:
    assert ORDERS.metadata(annotations={"a": "b"})["annotations"] == {"a": "b"}


def test_an_object_of_the_platform_says_so() -> None:
    assert platform_metadata("quota", "staging") == {
        "name": "quota",
        "namespace": "staging",
        "labels": {"app.kubernetes.io/part-of": "platform", "app.kubernetes.io/managed-by": "api-platform"},
    }


def test_all_that_we_make_says_so() -> None:
    """`kubectl get all -l app.kubernetes.io/managed-by=api-platform` shows what may be changed by a deploy alone."""
    made_by = {labels["app.kubernetes.io/managed-by"] for labels in (ORDERS.labels, platform_labels())}
    assert made_by == {"api-platform"}
