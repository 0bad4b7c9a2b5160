from pathlib import Path

import pytest

from api_platform.environment import ROOT
from api_platform.proof.mesh_analysis.istioctl import Istioctl
from api_platform.proof.mesh_analysis.stand_ins import cluster
from eks_twin.binaries import Binaries
from eks_twin.errors import TwinError
from tests.proof.mesh_analysis.mesh_objects import Object, route, service, shop

ANALYZERS = "printf 'Executed analyzers:\\n\\t one\\n' >&2\n"


def program(folder: Path, script: str) -> Istioctl:
    """Return a program that does what the shell script says, whatever it is asked."""
    file = folder / "istioctl"
    file.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    file.chmod(0o755)
    return Istioctl(file)


def test_reads_what_the_program_prints(tmp_path: Path) -> None:
    said = '[{"code": "IST0101", "level": "Error", "origin": "Gateway a/b", "message": "m"}]'
    analysis = program(tmp_path, f"{ANALYZERS}echo '{said}'").analyze([], {})
    assert [message.code for message in analysis.messages] == ["IST0101"]


def test_hands_it_the_mesh_configuration_and_the_way_to_the_objects(tmp_path: Path) -> None:
    script = f"cp mesh.yaml kubeconfig {tmp_path}; {ANALYZERS}echo '[]'"
    program(tmp_path, script).analyze([], {"trustDomain": "example.com"})
    assert (tmp_path / "mesh.yaml").read_text(encoding="utf-8") == "trustDomain: example.com\n"
    assert "http://127.0.0.1:" in (tmp_path / "kubeconfig").read_text(encoding="utf-8")


def test_nothing_of_the_user_reaches_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """istioctl takes settings from the home and from variables; KUBECONFIG could lead it to a real cluster."""
    monkeypatch.setenv("KUBECONFIG", "real-cluster")
    monkeypatch.setenv("ISTIOCTL_ISTIONAMESPACE", "other")
    program(tmp_path, f"env > {tmp_path}/variables; echo v1").version()
    variables = (tmp_path / "variables").read_text(encoding="utf-8")
    assert "real-cluster" not in variables
    assert "ISTIONAMESPACE" not in variables
    assert f"HOME={Path.home()}\n" not in variables


def test_its_files_are_gone_afterwards(tmp_path: Path) -> None:
    program(tmp_path, f"pwd > {tmp_path}/folder; {ANALYZERS}echo '[]'").analyze([], {})
    assert not Path((tmp_path / "folder").read_text(encoding="utf-8").strip()).exists()


def test_tells_its_version(tmp_path: Path) -> None:
    assert program(tmp_path, "echo client version: 1.30.3").version() == "1.30.3"


def test_refusals_are_an_answer(tmp_path: Path) -> None:
    script = "printf 'Error: 1 error occurred:\\n\\t* Gateway/a/b: no TLS\\n' >&2; exit 1"
    assert program(tmp_path, script).validate([]) == ["Gateway/a/b: no TLS"]


def test_a_failure_is_none(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="failed without a refusal:\nError: out of memory"):
        program(tmp_path, "echo Error: out of memory >&2; exit 1").validate([])


def test_a_failed_analysis_says_why(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="istioctl analyze ended with 3:\nno such flag"):
        program(tmp_path, "echo no such flag >&2; exit 3").analyze([], {})


def test_an_answer_that_tells_nothing_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match="its answer cannot be read"):
        program(tmp_path, "echo '[]'").analyze([], {})


def test_a_program_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(TwinError, match=r"istioctl version: .*No such file"):
        Istioctl(tmp_path / "istioctl").version()


@pytest.fixture
def real(istio_binaries: Binaries) -> Istioctl:
    return Istioctl(istio_binaries["istioctl"])


def codes(istioctl: Istioctl, *objects: Object) -> list[str]:
    messages = istioctl.analyze(cluster(objects, (), ROOT), {}).messages
    return [message.code for message in messages if "default" not in message.subject]


@pytest.mark.slow
def test_every_analyzer_runs(real: Istioctl) -> None:
    """From files alone, two in five are left out, in silence."""
    analysis = real.analyze(cluster(shop(), (), ROOT), {})
    assert analysis.skipped == []
    assert "virtualservice.DestinationHostAnalyzer" in analysis.executed


@pytest.mark.slow
def test_a_sound_mesh_is_found_sound(real: Istioctl) -> None:
    assert codes(real, *shop()) == []


@pytest.mark.slow
def test_a_broken_route_is_found(real: Istioctl) -> None:
    assert codes(real, *shop()[:-1], route(host="basket")) == ["IST0101"]


@pytest.mark.slow
def test_a_service_is_read_too(real: Istioctl) -> None:
    sound = [one for one in shop() if one["kind"] != "Service"]
    assert codes(real, *sound, service(port_name="web")) == ["IST0118"]


@pytest.mark.slow
def test_the_webhook_refuses_an_unknown_field(real: Istioctl) -> None:
    one = route()
    one["spec"]["http"][0]["timeoot"] = "5s"
    (refusal,) = real.validate([*shop(), one])
    assert refusal.startswith("VirtualService/shop/cart: ")
    assert 'unknown field "timeoot"' in refusal


@pytest.mark.slow
def test_the_webhook_takes_what_is_sound(real: Istioctl) -> None:
    assert real.validate(shop()) == []
