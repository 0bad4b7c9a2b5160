"""The whole platform on one machine, without an AWS account: the real CDK CLI onto a real Kubernetes control plane."""
