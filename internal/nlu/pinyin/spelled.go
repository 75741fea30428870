package pinyin

import "strings"

// english are English words that would divide into syllables and that nobody
// types for Chinese.
var english = setOf(`alone anyone are area ate balance base buying cache came canteen care case cashier change changed
	chinese courier data database date delete due face fake game gate hate here house human language late lease licence
	line loan loose lose machine make mate mean meaning meeting menu minute mobile mode module more nice nine one open
	outage page paying pending piece police quota reading rebate rebooting refuse release remaining remote resume route
	routine rule running runtime sale same saying see seen sending share side site size sure take taken taxi tea time
	waiting`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// Spelled says that words of Latin letters are Chinese: there are at least two
// syllables, and few words that do not divide into any.
func Spelled(words []string) bool {
	syllables, others := 0, 0
	for _, w := range words {
		if parts, ok := Split(w); ok {
			syllables += len(parts)
		} else {
			others++
		}
	}
	return syllables >= 2 && others <= syllables/4
}
