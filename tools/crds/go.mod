// The Go modules that carry the custom resource definitions of imports/crds: read as files, never compiled.
// A version moves here and nowhere else; "make imports-update" then fetches and reduces the new definitions.
module api-platform.invalid/crds

go 1.26.0

require (
	github.com/cert-manager/cert-manager v1.21.2
	// The newest that Go knows: the project tags v2.*, but its module path has no /v2.
	github.com/external-secrets/external-secrets v1.3.2
	github.com/kedacore/keda/v2 v2.20.2
	github.com/prometheus-operator/prometheus-operator v0.93.0
	istio.io/api v1.30.3
	k8s.io/autoscaler/vertical-pod-autoscaler v1.7.1
)
