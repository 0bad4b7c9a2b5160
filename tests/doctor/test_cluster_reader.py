"""Reads what there is, leaves out what cannot be read and says so, and refuses a cluster that is another one."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from api_platform.doctor.cluster_reader import read_cluster
from api_platform.errors import InputError
from api_platform.kubectl_calls import KubectlCalls
from tests.specs import an_environment

DEPLOYMENT = {"kind": "Deployment", "metadata": {"name": "orders", "namespace": "production"}}
NODE = {"kind": "Node", "metadata": {"name": "one"}}


@dataclass(frozen=True)
class FakeKubectl(KubectlCalls):
    """Answers with objects by kind; complains of kinds as told."""

    objects: Mapping[str, object] = field(default_factory=lambda: {"deployments.apps": DEPLOYMENT, "nodes": NODE})
    unknown: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    error: str = ""
    namespace_error: str = ""

    def run(self, *words: str, **_: object) -> subprocess.CompletedProcess[str]:
        if words[1] == "namespace":
            return subprocess.CompletedProcess(words, bool(self.namespace_error), "", self.namespace_error)
        kinds = words[1].split(",")
        for kind in kinds:
            if kind in self.unknown:
                said = f'error: the server doesn\'t have a resource type "{kind.partition(".")[0]}"'
                return subprocess.CompletedProcess(words, 1, "", said)
        refused = [
            f'Error from server (Forbidden): {kind} is forbidden: User "me" cannot list resource "{kind}"'
            for kind in kinds
            if kind in self.forbidden
        ]
        found = [one for kind, one in self.objects.items() if kind in kinds and kind not in self.forbidden]
        said = "\n".join([*refused, self.error]).strip()
        return subprocess.CompletedProcess(words, bool(said), json.dumps({"items": found}), said)


def test_objects_of_the_namespace_and_of_the_cluster_are_read() -> None:
    found = read_cluster(an_environment(), FakeKubectl())
    assert [one["kind"] for one in found.objects] == ["Deployment", "Node"]
    assert found.left_out == ()


def test_a_kind_without_its_add_on_is_left_out_and_said() -> None:
    """Without KEDA, kubectl reads nothing at all."""
    unknown = ("scaledobjects.keda.sh", "certificates.cert-manager.io")
    found = read_cluster(an_environment(), FakeKubectl(unknown=unknown))
    assert len(found.objects.of_kind("Deployment")) == 1
    assert [sentence.split(":")[0] for sentence in found.left_out] == ["scaledobjects", "certificates"]


def test_what_may_not_be_read_is_left_out_and_said() -> None:
    """Who may view one namespace may not list nodes."""
    found = read_cluster(an_environment(), FakeKubectl(forbidden=("nodes",)))
    assert found.left_out == ("nodes: these credentials may not read them.",)
    assert len(found.objects.of_kind("Deployment")) == 1


def test_without_the_pods_nothing_can_be_said() -> None:
    with pytest.raises(InputError, match="these credentials may not do it"):
        read_cluster(an_environment(), FakeKubectl(forbidden=("pods",)))


def test_a_cluster_that_does_not_answer_is_refused() -> None:
    with pytest.raises(InputError, match="was not reached"):
        read_cluster(an_environment(), FakeKubectl(error="Unable to connect to the server: i/o timeout"))


def test_another_environments_cluster_is_refused() -> None:
    """Else it would have no workload at all, and the reader would look for the wrong fault."""
    wrong = FakeKubectl(objects={}, namespace_error='Error from server (NotFound): namespaces "production" not found')
    with pytest.raises(InputError, match=r"has no namespace 'production'\. Is it the environment's"):
        read_cluster(an_environment(), wrong)


def test_an_empty_namespace_is_one_where_nothing_is_deployed_yet() -> None:
    assert list(read_cluster(an_environment(), FakeKubectl(objects={})).objects) == []
