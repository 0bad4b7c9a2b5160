"""The AWS side: CloudFormation stacks around the objects that `manifests` renders. One concept, one file."""
