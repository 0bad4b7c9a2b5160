"""A small git repository with an app that writes a cloud assembly, for tests of what reads commits."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from api_platform.plan.assembly import SCHEMA

_APP = f"""
import json, os, pathlib
out = pathlib.Path(os.environ["CDK_OUTDIR"])
stack = {{
    "type": "aws:cloudformation:stack",
    "environment": "aws://123456789012/eu-west-1",
    "displayName": "production/a",
    "properties": {{"templateFile": "a.template.json", "stackName": "production-a"}},
}}
(out / "manifest.json").write_text(json.dumps({{"version": "{SCHEMA}.0.0", "artifacts": {{"a": stack}}}}))
name = pathlib.Path("name.txt").read_text().strip() + os.environ.get("ENVIRONMENT", "")
queue = {{"Type": "AWS::SQS::Queue", "Properties": {{"QueueName": name}}}}
(out / "a.template.json").write_text(json.dumps({{"Resources": {{"Queue": queue}}}}))
(out / "asset.1").mkdir()
(out / "asset.2.zip").write_text("large")
"""


@dataclass(frozen=True)
class Repository:
    """A git repository in a folder of a test."""

    root: Path

    @classmethod
    def make(cls, root: Path) -> "Repository":
        """Return one with one commit."""
        repository = cls(root)
        (root / "requirements").mkdir(parents=True)
        (root / "requirements" / "run.txt").write_text("package==1\n")
        (root / "cdk.json").write_text('{"app": "python app.py", "context": {"a": 1}}')
        (root / "app.py").write_text(_APP)
        (root / "name.txt").write_text("first")
        (root / ".gitignore").write_text("ignored\n")
        repository.git("init", "--quiet", "--initial-branch", "main")
        repository.commit("first")
        return repository

    def git(self, *words: str) -> str:
        """Run git here; return what it says."""
        settings = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *settings, *words], cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, subject: str) -> str:
        """Commit all that is there; return the hash."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject)
        return self.git("rev-parse", "HEAD")
