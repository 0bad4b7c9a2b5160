"""The runtime of Node functions, for those that need nothing but Node itself."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eks_twin.cloud.custom_type import Event
from eks_twin.cloudformation import ResourceFailed

# The CDK's own functions have their handler in index.js; __entrypoint__.js would send the answer to a URL.
_CALL = """
const event = JSON.parse(require('fs').readFileSync(0, 'utf8'));
require(process.argv[1] + '/index.js').handler(event).then(
  answer => process.stdout.write('\\n' + JSON.stringify(answer ?? null)),
  error => { console.error(error.message); process.exit(1); });
"""


@dataclass(frozen=True)
class NodeRuntime:
    """Runs Node functions as they are, but for the AWS SDK, which Lambda has at hand and this machine has not."""

    node: Path
    environment: Mapping[str, str]

    def __call__(self, code: Path, _: str, variables: Mapping[str, str], event: Event) -> Event | None:
        """Call the function. Raises ResourceFailed with what it threw."""
        done = subprocess.run(
            [self.node, "-e", _CALL, str(code)],
            input=json.dumps(event),
            env={**os.environ, **self.environment, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        if done.returncode:
            raise ResourceFailed(done.stderr.strip() or f"node ended with exit code {done.returncode}")
        answer: Event | None = json.loads(done.stdout.splitlines()[-1])
        return answer
