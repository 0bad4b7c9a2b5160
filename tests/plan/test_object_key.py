from api_platform.plan.object_key import ObjectKey
from tests.plan.sides import a_config_map


def test_a_key_is_kind_namespace_and_name() -> None:
    key = ObjectKey.of(a_config_map())
    assert (key, str(key)) == (("ConfigMap", "production", "settings"), "ConfigMap production/settings")


def test_an_object_of_the_whole_cluster_has_no_namespace() -> None:
    key = ObjectKey.of({"kind": "Namespace", "metadata": {"name": "production"}})
    assert (key.namespace, str(key)) == (None, "Namespace production")
