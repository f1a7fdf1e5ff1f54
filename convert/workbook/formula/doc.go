// Package formula computes the formulas of a workbook that somebody else wrote.
//
// A submission's totals are formulas, and not every program stores their results. This
// package works them out over cells that it is given, and knows no file format and no
// form. It answers with what Excel shows, or says why it gives no answer; it never
// takes more than its budget.
//
// # Overview
//
// A [Book] says what the cells hold. [New] makes an [Evaluator] for it and
// [Evaluator.Evaluate] computes one cell, with all that it rests on:
//
//	text ──parse──▶ tree ──eval──▶ operand ──▶ Value
//	(efp's tokens)   │               (a value, a reference or an array)
//	                 └ cells that are not computed yet go on a stack of work, and
//	                   the formula is evaluated again once they are
//
// parse.go makes the tree, reference.go reads addresses, evaluate.go keeps the stack,
// eval.go evaluates trees, array.go carries operators and functions over arrays, and
// the functions stand by subject in aggregate.go, condition.go, logic.go, math.go,
// text.go, date.go and lookup.go; format.go and its neighbours are the function TEXT.
//
// # Numbers
//
// Numbers are exact decimals of up to 34 digits, so that 0.1+0.2 is 0.3; where Excel
// would show the noise of its binary numbers, this package does not. As in Excel, what
// is compared, rounded or shown counts with 15 significant digits.
//
// # Budget
//
// One evaluator stands for one workbook. All its work is counted in steps and bytes; when
// they are used up, everything that is not computed yet is [OverBudget]. A chain of
// formulas may be as long as the budget allows, because no call waits for another cell.
//
// # What is refused
//
// Functions outside the table in functions.go, among them the clock (TODAY, NOW) and
// chance (RAND), references to other workbooks and to tables by their names, and text
// whose order is that of a language are [Unsupported], with the name of what is missing.
package formula
