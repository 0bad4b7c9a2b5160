"""The CDK's entry: environments -> stages and stacks; nothing else. ENVIRONMENT names one of them; default: all."""

import os
import sys

from aws_cdk import App

from api_platform.aws.stages import add_stages
from api_platform.errors import InputError
from api_platform.manifests.findings import FindingsError

# Left alone, the CDK writes what is there so far when Node exits: after a refusal, too.
app = App(auto_synth=False)
try:
    add_stages(app, only=os.environ.get("ENVIRONMENT") or None)
except (InputError, FindingsError) as error:
    sys.exit(str(error))
app.synth()
