import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).with_name("conftest.py")


def test_a_package_file_in_the_source_root_stops_the_tests_with_the_way_out(tmp_path: Path) -> None:
    """Without the message, every import dies with `No module named 'constructs._jsii'`, which names no file of ours."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text(CONFTEST.read_text())
    (tmp_path / "tests" / "test_nothing.py").write_text("def test_nothing() -> None: ...\n")
    (tmp_path / "constructs").mkdir()
    (tmp_path / "constructs" / "__init__.py").touch()
    command = [sys.executable, "-P", "-m", "pytest", f"--rootdir={tmp_path}", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "constructs/__init__.py must not exist" in done.stderr + done.stdout
    assert "Delete the file" in done.stderr + done.stdout
