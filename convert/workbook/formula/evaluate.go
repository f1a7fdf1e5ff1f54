package formula

import (
	"context"
	"strings"
)

// The budget of a workbook.
const (
	mostSteps = 15_000_000 // cells read and operations carried out
	mostBytes = 256 << 20  // of results, trees and arrays that are held at a time
	mostDepth = 5_000      // calls within one formula, names included
)

// parseSteps is what a byte of a formula costs to read.
const parseSteps = 2

// What is held costs about so many bytes.
const (
	nodeBytes   = 160
	resultBytes = 400 // of who asked for it, too
	frameBytes  = 80
	valueBytes  = 56
	areaBytes   = 40
)

// Evaluator computes formulas of one workbook. It keeps what it has computed. It is not for
// use by several goroutines at once.
type Evaluator struct {
	book   Book
	sheets map[string]int
	names  map[nameKey]*definedName
	shared map[*Formula]*tree
	done   map[key]outcome
	arrays map[key]*array // the results of array formulas, by their first cell

	mostSteps, mostBytes int
	steps, bytes         int // used up; bytes that are kept
	checked              int // steps at which the context was last looked at
	exhausted            bool
	ctx                  context.Context
	err                  error // of the context

	// Of the formula in hand:
	at      Ref
	missing []key   // cells that must be computed first
	failed  *Result // why there is no result
	depth   int
	passing int // bytes held until it is done
}

type tree struct {
	root  *node
	nodes int
}

type nameKey struct {
	name  string
	sheet int
}

type definedName struct {
	text string
	tree *tree
}

type outcome struct {
	value  Value
	failed *Result
}

// frame is a cell on the stack of work.
type frame struct {
	key     key
	started bool // it waits for those above it
	formula *Formula
	tree    *tree
}

// New makes an evaluator for a workbook.
func New(book Book) *Evaluator {
	e := &Evaluator{
		book: book, sheets: make(map[string]int, len(book.Sheets)), names: make(map[nameKey]*definedName, len(book.Names)),
		shared: map[*Formula]*tree{}, done: map[key]outcome{}, arrays: map[key]*array{},
		mostSteps: mostSteps, mostBytes: mostBytes,
	}
	for i, s := range book.Sheets {
		if _, ok := e.sheets[folded(s)]; !ok {
			e.sheets[folded(s)] = i
		}
	}
	for _, n := range book.Names {
		e.names[nameKey{folded(n.Name), n.Sheet}] = &definedName{text: n.Text}
	}
	return e
}

// folded is a name as Excel compares it: without regard to case.
func folded(s string) string { return strings.ToLower(strings.ToUpper(s)) }

func (e *Evaluator) sheet(name string) int {
	if i, ok := e.sheets[folded(name)]; ok {
		return i
	}
	return -1
}

// Evaluate computes the formula in a cell, even if it has a stored result. The error is that
// of the context.
func (e *Evaluator) Evaluate(ctx context.Context, at Ref) (Result, error) {
	e.ctx, e.err = ctx, ctx.Err()
	if e.err != nil {
		return Result{}, e.err
	}
	root := at.key()
	started := map[key]bool{}
	stack := []frame{{key: root}}
	for len(stack) > 0 && !e.exhausted {
		top := &stack[len(stack)-1]
		if _, ok := e.done[top.key]; ok {
			e.release(top)
			stack = stack[:len(stack)-1]
			continue
		}
		value := e.compute(top)
		if e.err != nil {
			e.bytes = 0
			for i := range stack {
				e.release(&stack[i])
			}
			return Result{}, e.err
		}
		if e.failed == nil && len(e.missing) > 0 {
			top.started = true
			started[top.key] = true
			for _, m := range e.missing {
				if started[m] {
					e.fail(Result{State: Circular, At: top.key.ref()})
					break
				}
			}
		}
		if e.failed == nil && len(e.missing) > 0 {
			e.hold(len(e.missing) * frameBytes)
			for _, m := range e.missing {
				stack = append(stack, frame{key: m})
			}
			continue
		}
		delete(started, top.key)
		e.hold(resultBytes + len(value.Text))
		e.done[top.key] = outcome{value, e.failed}
	}
	o, ok := e.done[root]
	switch {
	case !ok:
		return Result{State: OverBudget, At: at}, nil
	case o.failed != nil:
		return *o.failed, nil
	case o.value.Kind == Number:
		o.value.Number = shown(o.value.Number)
	}
	return Result{Value: o.value}, nil
}

// release forgets what a frame held.
func (e *Evaluator) release(f *frame) {
	e.bytes -= frameBytes
	if f.tree != nil && e.shared[f.formula] != f.tree {
		e.bytes -= f.tree.nodes * nodeBytes
	}
}

// compute evaluates the formula of a cell once. It may end with cells missing.
func (e *Evaluator) compute(f *frame) Value {
	e.at, e.missing, e.failed, e.depth, e.passing = f.key.ref(), e.missing[:0], nil, 0, 0
	if f.formula == nil {
		if f.formula = e.book.Cell(e.at).Formula; f.formula == nil {
			return e.book.Cell(e.at).Value
		}
	}
	first := Ref{e.at.Sheet, f.formula.Row, f.formula.Column}
	isArray := f.formula.Array != Area{}
	if isArray && first != e.at {
		return e.element(first)
	}
	if f.tree == nil {
		if f.tree = e.tree(f.formula, first != e.at); f.tree == nil {
			return Value{}
		}
	}
	result := e.eval(f.tree.root, environment{sheet: e.at.Sheet, rows: e.at.Row - first.Row, columns: e.at.Column - first.Column, arrays: isArray})
	if isArray {
		a := e.toArray(result)
		if e.failed == nil && len(e.missing) == 0 {
			e.hold(len(a.cells) * valueBytes)
			e.arrays[f.key] = a
		}
		return filled(a.at(0, 0))
	}
	return filled(e.scalar(result))
}

// element is what an array formula that starts at first gives in the cell in hand.
func (e *Evaluator) element(first Ref) Value {
	a, ok := e.arrays[first.key()]
	o, done := e.done[first.key()]
	switch {
	case ok:
		return filled(a.at(e.at.Row-first.Row, e.at.Column-first.Column))
	case done && o.failed != nil:
		e.fail(*o.failed)
	case done: // no formula stands there
		return o.value
	default:
		e.missing = append(e.missing, first.key())
	}
	return Value{}
}

// filled is a result as a cell shows it: nothing is 0.
func filled(v Value) Value {
	if v.Kind == Blank {
		return integer(0)
	}
	return v
}

// tree is the tree of a formula, nil if it is none.
func (e *Evaluator) tree(f *Formula, keep bool) *tree {
	if t := e.shared[f]; t != nil {
		return t
	}
	root, nodes, err := parse(f.Text, e.sheet)
	e.step(parseSteps * len(f.Text))
	if err != nil {
		e.fail(Result{State: Unsupported, What: "=" + f.Text, At: e.at})
		return nil
	}
	e.hold(nodes * nodeBytes)
	t := &tree{root, nodes}
	if keep {
		e.shared[f] = t
	}
	return t
}

// fail gives up the formula in hand. The first reason counts.
func (e *Evaluator) fail(r Result) {
	if e.failed == nil {
		e.failed = &r
	}
}

func (e *Evaluator) refuse(what string) {
	e.fail(Result{State: Unsupported, What: what, At: e.at})
}

func (e *Evaluator) exhaust() {
	e.exhausted = true
	e.fail(Result{State: OverBudget, At: e.at})
}

// step counts work.
func (e *Evaluator) step(n int) {
	if e.steps += n; e.steps > e.mostSteps {
		e.exhaust()
	}
	if e.steps-e.checked > 1000 {
		e.checked = e.steps
		if err := e.ctx.Err(); err != nil {
			e.err = err
			e.fail(Result{State: OverBudget, At: e.at})
		}
	}
}

// hold counts bytes that are kept.
func (e *Evaluator) hold(n int) {
	if e.bytes += n; e.bytes+e.passing > e.mostBytes {
		e.exhaust()
	}
}

// pass counts bytes that are held until the formula in hand is done.
func (e *Evaluator) pass(n int) {
	if e.passing += n; e.bytes+e.passing > e.mostBytes {
		e.exhaust()
	}
}

// waiting reports that the formula in hand has no result yet, or never will.
func (e *Evaluator) waiting() bool { return e.failed != nil || len(e.missing) > 0 }

// unknown stands for a value that waits.
var unknown = Value{Kind: Error}

func isUnknown(v Value) bool { return v.Kind == Error && v.Text == "" }

// read is the value of a cell, unknown if it must be computed first.
func (e *Evaluator) read(at Ref) Value {
	e.step(1)
	return e.valueOf(at, e.book.Cell(at))
}

func (e *Evaluator) valueOf(at Ref, c Cell) Value {
	stored := c.Formula == nil || c.Value.Kind != Blank
	if c.Formula == nil || stored && !e.book.Recalculate {
		return c.Value
	}
	o, ok := e.done[at.key()]
	switch {
	case !ok:
		if e.failed == nil {
			e.pass(16)
			e.missing = append(e.missing, at.key())
		}
		return unknown
	case o.failed == nil:
		return o.value
	case stored && o.failed.State == Unsupported:
		return c.Value
	}
	e.fail(*o.failed)
	return unknown
}

// scan visits the cells of an area that are not blank, with their values.
func (e *Evaluator) scan(a Area, visit func(Ref, Value) bool) {
	if e.failed != nil {
		return
	}
	looked := e.book.Scan(a, func(at Ref, c Cell) bool {
		e.step(1)
		if e.failed != nil {
			return false
		}
		v := e.valueOf(at, c)
		return visit(at, v) && e.failed == nil
	})
	e.step(1 + looked/8)
}
