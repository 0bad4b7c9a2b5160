// The Go module that carries Argo CD's custom resource definitions: read as files, never compiled.
// A version moves here and nowhere else; the slow tests then check our Applications against it.
module api-platform.invalid/argo-cd

go 1.26.0

require github.com/argoproj/argo-cd/v3 v3.5.7
