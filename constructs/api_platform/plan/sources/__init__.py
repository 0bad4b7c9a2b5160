"""Where a side of a plan comes from: a commit, the working tree, CloudFormation, a cluster."""
