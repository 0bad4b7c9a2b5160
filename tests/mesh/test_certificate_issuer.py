from api_platform.mesh.certificate_issuer import certificate_issuer
from api_platform.names import CERTIFICATE_ISSUER
from tests.rendering import object_of
from tests.specs import an_environment


def test_it_is_the_issuer_that_every_certificate_names() -> None:
    issuer = object_of(lambda chart: certificate_issuer(chart, an_environment()))
    assert (issuer["kind"], issuer["metadata"]["name"]) == ("ClusterIssuer", CERTIFICATE_ISSUER)


def test_domains_are_proved_in_the_environments_own_zone() -> None:
    environment = an_environment(
        hosted_zone_id="Z0123456789EXAMPLE", region="eu-north-1", zones=("eu-north-1a", "eu-north-1b")
    )
    acme = object_of(lambda chart: certificate_issuer(chart, environment))["spec"]["acme"]
    assert acme["solvers"] == [{"dns01": {"route53": {"hostedZoneID": "Z0123456789EXAMPLE", "region": "eu-north-1"}}}]


def test_expiry_is_told_to_operations() -> None:
    acme = object_of(lambda chart: certificate_issuer(chart, an_environment(operations_email="ops@example.com")))[
        "spec"
    ]["acme"]
    assert acme["email"] == "ops@example.com"


def _server(environment: str) -> str:
    issuer = object_of(lambda chart: certificate_issuer(chart, an_environment(name=environment)))
    server: str = issuer["spec"]["acme"]["server"]
    return server


def test_only_development_uses_the_authority_that_browsers_do_not_trust() -> None:
    assert "staging" in _server("development")
    assert _server("staging") == _server("production") == "https://acme-v02.api.letsencrypt.org/directory"
