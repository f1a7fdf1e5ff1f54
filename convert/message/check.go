package message

// What the checks find. The key of a rule's finding is the rule's id; a rule
// that says several things adds a word: R102.ambiguous.
var _ = add(map[string]text{})
