"""A CDK app that imports all that ours does, and holds one empty stack: what `cdk synth` costs before any work."""

from aws_cdk import App, Stack

import api_platform.aws.stages  # noqa: F401 - for what it imports

app = App(auto_synth=False)
Stack(app, "empty")
app.synth()
