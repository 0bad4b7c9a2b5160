"""The resource metrics API (metrics.k8s.io), whose figures a scenario sets: nothing runs in the twin's pods."""
