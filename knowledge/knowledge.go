// Package knowledge embeds the articles and questions that the program ships
// with. Their form is described in docs/KNOWLEDGE.md.
package knowledge

import "embed"

// Files holds causes/, questions/, fixes/, howto/, outside/, examples/, reference/ and
// sources.yaml.
//
//go:embed causes questions fixes howto outside examples reference sources.yaml
var Files embed.FS
