package finding

// Claim is a figure of the text that was compared with the tables, or with the parts
// that the text itself adds up, as JSON has it.
type Claim struct {
	Rule   string   `json:"rule"`   // that compares it
	Claims string   `json:"claims"` // what it counts, in the form's words: 收到·自然人
	Value  Value    `json:"value"`
	Agrees *bool    `json:"agrees"` // null where the cells are blank or could not be read
	Frame  string   `json:"frame"`  // of the grammar that took it
	Quote  string   `json:"quote"`
	Cells  []string `json:"cells"` // that it was compared with; of a sum, the text's
}

// Uncompared is a figure of the text that was compared with nothing although it
// stands where the text speaks of what the tables have.
type Uncompared struct {
	Value Value  `json:"value"`
	Quote string `json:"quote"`
	Cell  string `json:"cell"` // where the paragraph stands
}

// Said is what the text of a report says of its tables. Neither list is nil.
type Said struct {
	Claims     []Claim
	Uncompared []Uncompared
}
