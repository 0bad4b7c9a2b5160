import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from api_platform.plan.fields import field_changes
from api_platform.plan.masking import mask_object, mask_resource

VALUES = st.dictionaries(st.sampled_from(["user", "password"]), st.text(min_size=9), max_size=2)


def a_secret(data: Any) -> dict[str, Any]:
    return {"kind": "Secret", "metadata": {"name": "x"}, "data": data}


@given(VALUES, VALUES)
def test_a_secrets_values_never_show(before: dict[str, str], after: dict[str, str]) -> None:
    shown = json.dumps(mask_object(a_secret(before), a_secret(after)), ensure_ascii=False)
    assert not any(value in shown for value in (*before.values(), *after.values()))


@settings(deadline=None)  # the first example loads deepdiff
@given(VALUES, VALUES)
def test_what_changes_of_a_secret_is_named(before: dict[str, str], after: dict[str, str]) -> None:
    changed = {key for key in (*before, *after) if before.get(key) != after.get(key)}
    found = field_changes(*mask_object(a_secret(before), a_secret(after)))
    assert {one.path[-1] for one in found} == changed


def test_other_kinds_are_left_as_they_are() -> None:
    before, after = ({"kind": "ConfigMap", "data": {"a": value}} for value in "12")
    assert mask_object(before, after) == (before, after)


def test_secret_properties_of_aws_are_hidden_at_any_depth() -> None:
    before, after = ({"Settings": [{"MasterUserPassword": value}]} for value in ("hunter2", "hunter3"))
    (change,) = field_changes(*mask_resource(before, after))
    assert (change.place, change.before, change.after) == (
        "Settings[0].MasterUserPassword",
        "(hidden, before)",
        "(hidden, after)",
    )
