"""Whether an environment is as it should be after a deployment: from outside, with AWS' and HTTPS answers alone.

The clusters' endpoints are private, so nothing here needs kubectl; that the pods have rolled out, the deployment itself
has waited for.
"""
