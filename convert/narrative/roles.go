package narrative

// readByCode are the words and slots of the grammar that the code knows by name.
var readByCode = map[string]bool{"negation": true, "each": true, "respectively": true, "sum": true, "among": true, "application": true, "channel": true,
	"this_period": true, "other_period": true, "former": true, "formers": true, "plain_application": true, "work": true, "reviewer": true, "court": true, "adds_up": true, "receive": true, "granted_short": true, "other_short": true, "future": true, "count_received": true, "count_handled": true, "internal": true, "in_time": true, "own_office": true, "everyone": true, "handle": true, "of_these": true, "of_others": true, "hides": true, "foreign": true, "in_part": true}
