"""What the API server refuses: broken manifests, bad pods; and that it refuses none of ours."""
