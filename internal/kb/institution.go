package kb

// Institution is a bank, an acquirer, a card scheme or a wallet that merchants may
// name. It is known so that it can be counted; nothing is said of it.
type Institution struct {
	ID      string
	Kind    string // one of InstitutionKinds
	Title   Text
	Aliases Texts // merchants' words for it
	// Except are phrases in which an alias means something else: 手工行业 does not
	// name 工行.
	Except []string
}

// InstitutionKinds are the kinds of institutions.
var InstitutionKinds = []string{"bank", "acquirer", "scheme", "wallet"}

// Institution gives the institution with that id, or nil.
func (b *Base) Institution(id string) *Institution {
	for _, n := range b.Institutions {
		if n.ID == id {
			return n
		}
	}
	return nil
}
