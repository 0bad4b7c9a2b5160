{{/* The id in the dashboard's address: cut and hashed past Grafana's 40 characters. */}}
{{- define "dashboard.uid" -}}
{{- $name := printf "%s-%s" .Values.global.environment .Release.Name -}}
{{- if gt (len $name) 40 -}}
{{ trunc 31 $name }}-{{ $name | sha256sum | trunc 8 }}
{{- else -}}
{{ $name }}
{{- end -}}
{{- end }}

{{/* All rows and panels: a row for each workload, and one for the business. */}}
{{- define "dashboard.panels" -}}
{{- $rows := list -}}
{{- range $workload := .Values.workloads -}}
{{- $graphs := include "dashboard.graphs" (dict "root" $ "name" $workload.name "workload" $workload) | fromJsonArray -}}
{{- $rows = append $rows (dict "title" $workload.name "graphs" $graphs) -}}
{{- end -}}
{{- $business := list -}}
{{- range .Values.businessMetrics -}}
{{- $graph := dict "title" .name "description" .help "unit" "short" "queries" (list (list .query .name)) -}}
{{- with .alert }}{{ $_ := set $graph "limit" .above }}{{ end -}}
{{- $business = append $business $graph -}}
{{- end -}}
{{- if $business }}{{ $rows = append $rows (dict "title" "Business" "graphs" $business) }}{{ end -}}
{{- $id := 0 -}}
{{- $y := 0 -}}
{{- range $row := $rows -}}
{{- $id = add1 $id -}}
{{- if gt $id 1 }},
{{ end -}}
{
 "collapsed": false,
 "gridPos": {"h": 1, "w": 24, "x": 0, "y": {{ $y }}},
 "id": {{ $id }},
 "panels": [],
 "title": {{ $row.title | quote }},
 "type": "row"
}
{{- $top := add1 $y -}}
{{- range $index, $graph := $row.graphs -}}
{{- $id = add1 $id -}}
{{- $y = add $top (mul 7 (div $index 3)) -}}
,
{{ include "dashboard.panel" (dict "graph" $graph "id" $id "x" (mul 8 (mod $index 3)) "y" $y) }}
{{- end -}}
{{- $y = add $y 7 -}}
{{- end -}}
{{- end }}

{{/* One panel. Takes graph, id, x, y. */}}
{{- define "dashboard.panel" -}}
{
 "datasource": {"type": "prometheus", "uid": "${datasource}"},
 "description": {{ .graph.description | toJson }},
 "fieldConfig": {
  "defaults": {
   {{- if hasKey .graph "limit" }}
   "custom": {"thresholdsStyle": {"mode": "line"}},
   "thresholds": {
    "mode": "absolute",
    "steps": [{"color": "green", "value": null}, {"color": "red", "value": {{ .graph.limit }}}]
   },
   {{- end }}
   "min": 0,
   "unit": {{ .graph.unit | quote }}
  },
  "overrides": []
 },
 "gridPos": {"h": 7, "w": 8, "x": {{ .x }}, "y": {{ .y }}},
 "id": {{ .id }},
 "repeatDirection": "h",
 "targets": [
  {{- range $index, $query := .graph.queries }}
  {{- if $index }},{{ end }}
  {
   "expr": {{ index $query 0 | toJson }},
   "legendFormat": {{ index $query 1 | quote }},
   "refId": {{ index (list "A" "B" "C" "D") $index | quote }}
  }
  {{- end }}
 ],
 "title": {{ .graph.title | toJson }},
 "transparent": false,
 "type": "timeseries"
}
{{- end }}
