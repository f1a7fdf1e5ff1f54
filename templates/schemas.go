package templates

import "embed"

// Schemas holds schemas/<name>.schema.json, JSON Schema 2020-12, for each JSON that
// nianbao writes: report, findings, result, summary. Each stands alone.
//
//go:embed schemas/*.schema.json
var Schemas embed.FS
