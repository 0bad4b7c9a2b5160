from eks_twin.objects.inventory import Entry, Inventory, Key, arrived, dependents, key_of, strangers, take
from tests.eks_twin.objects.fake_api import FakeServer, listed, service

LABEL = ("app.kubernetes.io/managed-by", "api-platform")
SERVICE = Entry(Key("Service", "production", "api-service"), "service")
DEPLOYMENT = Entry(Key("Deployment", "production", "api-service"), "deployment")
REPLICA_SET = Entry(Key("ReplicaSet", "production", "api-service-1"), "replica-set", owners=["deployment"])
POD = Entry(Key("Pod", "production", "api-service-1-a"), "pod", owners=["replica-set"])
ENDPOINTS = Entry(Key("Endpoints", "production", "api-service"), "endpoints")


def inventory(*entries: Entry) -> Inventory:
    return {entry.uid: entry for entry in entries}


def test_lists_every_kind_with_who_owns_what() -> None:
    owner = {"uid": "replica-set", "kind": "ReplicaSet"}
    pod = {"name": "api-service-1-a", "namespace": "production", "uid": "pod", "ownerReferences": [owner]}
    server = FakeServer({"/api/v1/pods": listed(pod), "/api/v1/namespaces": listed({"name": "production", "uid": "n"})})
    found = take(server.client())
    assert found["pod"].owners == ["replica-set"]
    assert found["n"].key == Key("Namespace", "", "production")


def test_leaves_out_what_comes_and_goes() -> None:
    event = {"name": "started", "namespace": "production", "uid": "event"}
    assert take(FakeServer({"/api/v1/events": listed(event)}).client()) == {}


def test_an_object_is_called_by_kind_namespace_and_name() -> None:
    assert str(key_of(service())) == "Service production/api-service"
    assert str(Key("Namespace", "", "production")) == "Namespace production"


def test_with_an_object_goes_all_that_controllers_made_of_it() -> None:
    everything = inventory(SERVICE, DEPLOYMENT, REPLICA_SET, POD)
    assert dependents(everything, ["deployment"]) == {"deployment", "replica-set", "pod"}


def test_endpoints_go_with_their_service() -> None:
    """They name no owner."""
    assert dependents(inventory(SERVICE, ENDPOINTS), ["service"]) == {"service", "endpoints"}


def test_endpoints_do_not_go_with_a_deployment_of_the_same_name() -> None:
    assert dependents(inventory(DEPLOYMENT, ENDPOINTS), ["deployment"]) == {"deployment"}


def test_what_was_not_rendered_is_a_stranger() -> None:
    forgotten = Entry(Key("HorizontalPodAutoscaler", "production", "old"), "old")
    assert strangers(inventory(SERVICE, forgotten), [SERVICE.key], LABEL, "production") == [forgotten]


def test_what_controllers_made_of_rendered_objects_is_none() -> None:
    rendered = [SERVICE.key, DEPLOYMENT.key]
    assert strangers(inventory(SERVICE, DEPLOYMENT, REPLICA_SET, POD, ENDPOINTS), rendered, LABEL, "production") == []


def test_what_every_namespace_has_is_none() -> None:
    own = (
        Entry(Key("ServiceAccount", "production", "default"), "sa"),
        Entry(Key("ConfigMap", "production", "kube-root-ca.crt"), "ca"),
    )
    assert strangers(inventory(*own), [], LABEL, "production") == []


def test_in_other_namespaces_only_what_has_our_label_is_one() -> None:
    ours = Entry(Key("Gateway", "istio-ingress", "old"), "ours", labels=dict([LABEL]))
    theirs = Entry(Key("Gateway", "istio-ingress", "theirs"), "theirs", labels={"app": "other"})
    assert strangers(inventory(ours, theirs), [], LABEL, "production") == [ours]


def test_an_object_made_anew_under_its_old_name_has_arrived() -> None:
    """Names alone would not show that it had been away."""
    again = Entry(SERVICE.key, "another")
    assert arrived(inventory(SERVICE), inventory(again)) == [SERVICE.key]


def test_what_controllers_made_has_not_arrived() -> None:
    assert arrived(inventory(DEPLOYMENT), inventory(DEPLOYMENT, REPLICA_SET, POD)) == []
