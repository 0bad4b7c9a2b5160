from api_platform.plan.pairing import pair_items


def test_named_items_go_by_their_names() -> None:
    before, after = [{"name": "a", "x": 1}, {"name": "b"}], [{"name": "b"}, {"name": "a", "x": 2}]
    pairs = pair_items("containers", before, after)
    assert pairs is not None
    assert pairs.are_one(before[0], after[1])
    assert not pairs.are_one(before[0], after[0])


def test_items_without_names_go_by_equality_and_then_by_order() -> None:
    before, after = [{"x": 1}, {"x": 2}], [{"x": 3}, {"x": 1}]
    pairs = pair_items("rules", before, after)
    assert pairs is not None
    assert pairs.are_one(before[0], after[1])
    assert pairs.are_one(before[1], after[0])


def test_two_of_one_name_are_told_by_what_they_say() -> None:
    before, after = [{"name": "a", "x": 1}, {"name": "a", "x": 2}], [{"name": "a", "x": 2}, {"name": "a", "x": 1}]
    pairs = pair_items("containers", before, after)
    assert pairs is not None
    assert pairs.are_one(before[0], after[1])


def test_equal_items_can_only_be_told_by_their_places() -> None:
    assert pair_items("rules", [{"x": 1}, {"x": 1}], [{"x": 1}]) is None
