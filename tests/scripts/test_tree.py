from pathlib import Path

import pytest

from scripts.tree import SetupError, Tree, call


def test_a_failed_program_is_shown_with_its_message_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as failure:
        call(["sh", "-c", "echo no route to host >&2; exit 7"], Tree(tmp_path), "Check the network.")
    assert "no route to host" in str(failure.value)
    assert "exit code 7. Check the network." in str(failure.value)
