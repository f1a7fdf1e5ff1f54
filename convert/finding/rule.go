package finding

import "nianbao/convert/message"

// Rule is the documentation of one rule. Each rule's stands next to the code
// that implements it; the command and the README print it from here.
type Rule struct {
	ID       string
	Severity Severity
	Title    message.Bilingual // what is wrong, in a few words
	Text     message.Bilingual // what the rule checks, and why
	Advice   message.Bilingual // one line: what the clerk does
	Formula  message.Bilingual // what must hold, where that can be written as a formula
	Example  message.Bilingual
	Clause   string // the clause of the form or of the regulations that it comes from
	Since    string // the version of nianbao that brought it
}
