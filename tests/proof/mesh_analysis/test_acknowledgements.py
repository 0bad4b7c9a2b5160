from api_platform.proof.mesh_analysis.acknowledgements import Acknowledgement, acknowledgements, judge
from api_platform.proof.mesh_analysis.message import Message

ACCEPTED = Acknowledgement("IST0133", "EnvoyFilter a/b", "There is no other way.")
MESSAGE = Message("IST0133", "Warning", "EnvoyFilter a/b", "careful")


def test_a_message_that_nobody_accepts_is_left() -> None:
    judgement = judge({"production": [MESSAGE]}, [])
    assert judgement.unacknowledged == {"production": [MESSAGE]}


def test_a_message_that_is_accepted_is_not() -> None:
    judgement = judge({"production": [MESSAGE]}, [ACCEPTED])
    assert judgement.unacknowledged == {"production": []}
    assert judgement.acknowledged == {ACCEPTED: ["production"]}


def test_it_is_accepted_for_its_own_object_and_code_only() -> None:
    other_object = Message("IST0133", "Warning", "EnvoyFilter a/c", "careful")
    other_code = Message("IST0151", "Warning", "EnvoyFilter a/b", "careful")
    judgement = judge({"production": [other_object, other_code]}, [ACCEPTED])
    assert judgement.unacknowledged["production"] == [other_object, other_code]


def test_what_one_environment_needs_is_not_stale() -> None:
    judgement = judge({"development": [], "production": [MESSAGE]}, [ACCEPTED])
    assert judgement.stale == []
    assert judgement.acknowledged == {ACCEPTED: ["production"]}


def test_what_no_environment_needs_is_stale() -> None:
    """Left in the table, it would hide the same message when it comes back for another reason."""
    judgement = judge({"development": [], "production": []}, [ACCEPTED])
    assert judgement.stale == [ACCEPTED]
    assert judgement.acknowledged == {}


def test_every_acknowledgement_has_a_reason_and_stands_once() -> None:
    accepted = acknowledgements(["keda", "monitoring"])
    assert all(one.reason.endswith(".") for one in accepted)
    assert len({(one.code, one.subject) for one in accepted}) == len(accepted)


def test_add_ons_are_outside_the_mesh() -> None:
    subjects = {one.subject for one in acknowledgements(["keda", "keda", "istio-system", "istio-ingress"])}
    assert "Namespace keda" in subjects
    assert "Namespace istio-system" not in subjects
