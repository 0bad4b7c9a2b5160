"""`python -m api_platform.twin.cloud SETTINGS`: runs the twin's AWS until it is stopped."""

import sys
from pathlib import Path

from api_platform.twin.cloud.server import make_cloud
from api_platform.twin.cloud.settings import CloudSettings

if __name__ == "__main__":
    make_cloud(CloudSettings.read(Path(sys.argv[1]))).serve_forever()
