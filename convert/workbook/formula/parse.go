package formula

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/efp"
)

// longest is more bytes than a formula takes that Excel accepts: 8,192 characters.
const longest = 4 * 8192

// deepest is how many parentheses and functions may stand in one another; Excel takes 64.
const deepest = 100

var errSyntax = errors.New("not a formula")

// operation says what a node does.
type operation uint8

const (
	literal   operation = iota
	areaOf              // a reference
	nameOf              // a defined name: text, of the sheet in ref, or -1
	call                // of the function text
	table               // an array constant: columns to a row
	negate              //
	percent             //
	infix               // the operator text
	union               //
	intersect           //
	refused             // something that is not computed: text
)

// node is a formula's tree.
type node struct {
	operation operation
	text      string
	value     Value
	ref       reference
	columns   int
	parts     []*node
}

// parser makes a tree of efp's tokens, which are flat and have lost the quotes around
// names of sheets.
type parser struct {
	tokens []efp.Token
	depth  int
	nodes  int
	sheet  func(name string) int // its index, or -1
}

// parse reads a formula without its =.
func parse(formula string, sheet func(string) int) (tree *node, nodes int, err error) {
	if len(formula) > longest {
		return nil, 0, errSyntax
	}
	defer func() { // efp looks beyond the end of some texts that are no formulas
		if r := recover(); r != nil {
			tree, err = nil, fmt.Errorf("%w: %v", errSyntax, r)
		}
	}()
	lexer := efp.ExcelParser()
	p := &parser{tokens: joinExponents(lexer.Parse(spaced(formula))), sheet: sheet}
	if lexer.InString || lexer.InPath || lexer.InRange || lexer.InError { // never closed
		return nil, 0, errSyntax
	}
	tree, err = p.expression(0)
	if err == nil && len(p.tokens) > 0 {
		err = errSyntax
	}
	return tree, p.nodes, err
}

// spaced writes line breaks and tabs outside quotes as the spaces that efp knows.
func spaced(s string) string {
	if !strings.ContainsAny(s, "\t\r\n\u00a0") {
		return s
	}
	quote := rune(0)
	return strings.Map(func(r rune) rune {
		switch {
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case r == quote:
			quote = 0
		case quote == 0 && strings.ContainsRune("\t\r\n\u00a0", r):
			return ' '
		}
		return r
	}, s)
}

// joinExponents puts numbers together that efp takes apart: 10E+5, 0.5e-3.
func joinExponents(tokens []efp.Token) []efp.Token {
	joined := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.TType == efp.TokenTypeOperand && t.TSubType == efp.TokenSubTypeRange && i+2 < len(tokens) && (tokens[i+1].TValue == "+" || tokens[i+1].TValue == "-") {
			bare, ok := strings.CutSuffix(strings.ToUpper(t.TValue), "E")
			if _, number := ParseNumber(bare); ok && number {
				t.TValue += tokens[i+1].TValue + tokens[i+2].TValue
				i += 2
			}
		}
		joined = append(joined, t)
	}
	return joined
}

func (p *parser) next() (t efp.Token) {
	if len(p.tokens) > 0 {
		t = p.tokens[0]
	}
	return t
}

func (p *parser) skip() { p.tokens = p.tokens[1:] }

func (p *parser) node(n node) *node {
	p.nodes++
	return &n
}

// binding is how strongly an operator between two operands binds; 0 for what is none.
func binding(t efp.Token) int {
	if t.TType != efp.TokenTypeOperatorInfix {
		return 0
	}
	switch t.TSubType {
	case efp.TokenSubTypeUnion:
		return 6
	case efp.TokenSubTypeIntersection:
		return 7
	}
	switch t.TValue {
	case "^":
		return 5
	case "*", "/":
		return 4
	case "+", "-":
		return 3
	case "&":
		return 2
	case "=", "<>", "<", ">", "<=", ">=":
		return 1
	}
	return 0
}

// expression reads operands with operators that bind more strongly than the given.
func (p *parser) expression(above int) (*node, error) {
	left, err := p.unary()
	for err == nil {
		t := p.next()
		b := binding(t)
		if b <= above {
			break
		}
		p.skip()
		var right *node
		if right, err = p.expression(b); err != nil {
			break
		}
		n := node{operation: infix, text: t.TValue, parts: []*node{left, right}}
		switch t.TSubType {
		case efp.TokenSubTypeUnion:
			n.operation = union
		case efp.TokenSubTypeIntersection:
			n.operation = intersect
		}
		left = p.node(n)
	}
	return left, err
}

// unary reads an operand with what stands before and after it. A minus binds more strongly
// than a power: -2^2 is 4.
func (p *parser) unary() (*node, error) {
	negative, any := false, false
	for {
		t := p.next()
		if t.TType == efp.TokenTypeOperatorPrefix && t.TValue == "-" {
			negative, any = !negative, true
		} else if t.TType != efp.TokenTypeOperatorInfix || t.TValue != "+" { // of some a + efp makes an operator
			break
		}
		p.skip()
	}
	n, err := p.primary()
	for err == nil && p.next().TType == efp.TokenTypeOperatorPostfix {
		p.skip()
		n = p.node(node{operation: percent, parts: []*node{n}})
	}
	if err != nil || !any {
		return n, err
	}
	n = p.node(node{operation: negate, parts: []*node{n}})
	if !negative { // two of them make a number of a text or a truth
		n = p.node(node{operation: negate, parts: []*node{n}})
	}
	return n, nil
}

func (p *parser) primary() (*node, error) {
	if p.depth++; p.depth > deepest {
		return nil, errSyntax
	}
	defer func() { p.depth-- }()
	t := p.next()
	if len(p.tokens) == 0 {
		return nil, errSyntax
	}
	p.skip()
	switch t.TType {
	case efp.TokenTypeOperand:
		return p.operand(t)
	case efp.TokenTypeUnknown: // Sheet1!#REF!
		if strings.HasSuffix(t.TValue, "!") && p.next().TSubType == efp.TokenSubTypeError {
			return p.primary()
		}
	case efp.TokenTypeSubexpression:
		if t.TSubType == efp.TokenSubTypeStart {
			n, err := p.expression(0)
			if err == nil {
				err = p.stop(efp.TokenTypeSubexpression)
			}
			return n, err
		}
	case efp.TokenTypeFunction:
		switch {
		case t.TSubType != efp.TokenSubTypeStart:
		case t.TValue == "ARRAY":
			return p.array()
		default:
			return p.call(t.TValue)
		}
	}
	return nil, errSyntax
}

func (p *parser) stop(kind string) error {
	if t := p.next(); t.TType != kind || t.TSubType != efp.TokenSubTypeStop {
		return errSyntax
	}
	p.skip()
	return nil
}

// call reads the arguments of a function. One that is left out is blank.
func (p *parser) call(name string) (*node, error) {
	name = strings.ToUpper(strings.TrimSpace(name))
	for _, prefix := range []string{"_XLFN.", "_XLWS."} {
		name = strings.TrimPrefix(name, prefix)
	}
	n := node{operation: call, text: name}
	if p.stop(efp.TokenTypeFunction) == nil {
		return p.node(n), nil
	}
	for {
		argument := p.node(node{})
		t := p.next()
		if ends := t.TType == efp.TokenTypeFunction && t.TSubType == efp.TokenSubTypeStop; !ends && t.TType != efp.TokenTypeArgument {
			var err error
			if argument, err = p.expression(0); err != nil {
				return nil, err
			}
		}
		n.parts = append(n.parts, argument)
		if p.next().TType != efp.TokenTypeArgument {
			return p.node(n), p.stop(efp.TokenTypeFunction)
		}
		p.skip()
	}
}

// array reads an array constant: {1,2;3,4}.
func (p *parser) array() (*node, error) {
	n := node{operation: table}
	for {
		row, err := p.row()
		if err != nil {
			return nil, err
		}
		if n.columns == 0 {
			n.columns = len(row.parts)
		}
		if len(row.parts) != n.columns {
			return nil, errSyntax
		}
		n.parts = append(n.parts, row.parts...)
		if p.next().TType != efp.TokenTypeArgument {
			return p.node(n), p.stop(efp.TokenTypeFunction)
		}
		p.skip()
	}
}

func (p *parser) row() (*node, error) {
	t := p.next()
	if t.TType != efp.TokenTypeFunction || t.TSubType != efp.TokenSubTypeStart || t.TValue != "ARRAYROW" {
		return nil, errSyntax
	}
	p.skip()
	row, err := p.call("")
	if err != nil {
		return nil, err
	}
	for i, c := range row.parts {
		if c.operation == negate && c.parts[0].operation == literal && c.parts[0].value.Kind == Number {
			row.parts[i] = p.node(node{value: number(c.parts[0].value.Number.Neg())})
		} else if c.operation != literal || c.value.Kind == Blank {
			return nil, errSyntax
		}
	}
	if len(row.parts) == 0 {
		return nil, errSyntax
	}
	return row, nil
}

func (p *parser) operand(t efp.Token) (*node, error) {
	switch t.TSubType {
	case efp.TokenSubTypeText:
		return p.node(node{value: text(t.TValue)}), nil
	case efp.TokenSubTypeError:
		if t.TValue == errRef.Text && p.next().TType == efp.TokenTypeOperand { // #REF!A1
			p.skip()
		}
		return p.node(node{value: failure(t.TValue)}), nil
	}
	s := t.TValue
	if d, ok := ParseNumber(s); ok {
		return p.node(node{value: number(d)}), nil
	}
	if strings.EqualFold(s, "TRUE") || strings.EqualFold(s, "FALSE") {
		return p.node(node{value: boolean(strings.EqualFold(s, "TRUE"))}), nil
	}
	if strings.ContainsAny(s, "[]") { // another workbook, a table
		return p.node(node{operation: refused, text: s}), nil
	}
	sheet, lastSheet := -1, -1
	local := s
	if i := strings.LastIndexByte(s, '!'); i >= 0 {
		local = s[i+1:]
		first, last, several := strings.Cut(s[:i], ":")
		if sheet = p.sheet(s[:i]); sheet >= 0 {
			lastSheet = sheet
		} else if several {
			sheet, lastSheet = p.sheet(first), p.sheet(last)
			if sheet > lastSheet && lastSheet >= 0 {
				sheet, lastSheet = lastSheet, sheet
			}
		}
		if sheet < 0 || lastSheet < 0 {
			return p.node(node{operation: refused, text: s}), nil
		}
	}
	if r, ok := parseArea(local); ok {
		r.sheet, r.lastSheet = sheet, lastSheet
		return p.node(node{operation: areaOf, ref: r}), nil
	}
	if local == "" || strings.ContainsAny(local, ":") {
		return p.node(node{operation: refused, text: s}), nil
	}
	return p.node(node{operation: nameOf, text: local, ref: reference{sheet: sheet}}), nil
}
