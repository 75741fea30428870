// Package improve changes the knowledge folder as people propose and approve it:
// merchants' words for a cause, or a new fix.
//
//	draft, err := improve.Draft(files, "card.expired", words) // what may be added
//	proposal, err := improve.Propose(files, draft)             // the diff, for the owner
//	entry, err := improve.Apply(dir, draft, improve.Who{…})    // written, with its history
//	entry, err = improve.Undo(dir, entry.ID, agent, now)       // as it was before
//
// It promises that what is written loads without faults, holds no payment data and no
// phone number that masking knows, and leaves every other byte of the file as it was. A file is
// replaced as a whole or not at all. Before that, its history is kept in .history/
// of the folder. It decides nothing: who may approve is the caller's business.
package improve
