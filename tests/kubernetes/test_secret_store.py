from typing import Any

from api_platform.kubernetes.secret_store import secret_store
from tests.rendering import Manifest, object_of
from tests.specs import an_environment


def rendered() -> Manifest:
    environment = an_environment(name="staging", region="eu-north-1", zones=("eu-north-1a", "eu-north-1b"))
    return object_of(lambda chart: secret_store(chart, environment))


def aws() -> dict[str, Any]:
    return dict(rendered()["spec"]["provider"]["aws"])


def test_it_is_a_store_of_the_environments_namespace_alone() -> None:
    """A ClusterSecretStore would serve every namespace."""
    assert (rendered()["kind"], rendered()["metadata"]["namespace"]) == ("SecretStore", "staging")


def test_it_reads_secrets_manager_in_the_environments_region() -> None:
    assert (aws()["service"], aws()["region"]) == ("SecretsManager", "eu-north-1")


def test_it_reads_as_the_namespaces_own_service_account() -> None:
    """Without `auth` it reads with the operator's rights, which are the same for all namespaces."""
    assert aws()["auth"] == {"jwt": {"serviceAccountRef": {"name": "secret-reader"}}}


def test_it_bears_the_platforms_labels() -> None:
    labels = {"app.kubernetes.io/part-of": "platform", "app.kubernetes.io/managed-by": "api-platform"}
    assert rendered()["metadata"]["labels"] == labels
