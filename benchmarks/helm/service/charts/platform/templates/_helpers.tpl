{{- define "platform.labels" -}}
app.kubernetes.io/part-of: platform
app.kubernetes.io/managed-by: api-platform
{{- end }}

{{/* Metadata of an object of the platform. Takes name, and namespace unless it is the whole cluster's. */}}
{{- define "platform.metadata" -}}
name: {{ .name }}
{{- with .namespace }}
namespace: {{ . }}
{{- end }}
labels:
  {{- include "platform.labels" . | nindent 2 }}
{{- end }}
