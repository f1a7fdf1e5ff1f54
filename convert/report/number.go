package report

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Number is the value of a figure: blank, or an exact decimal. Counts and
// amounts are both Numbers; the form says which figures must be whole.
// The zero Number is blank.
type Number struct {
	d  decimal.Decimal
	ok bool
}

// Int returns a Number that is not blank.
func Int(n int64) Number { return Number{decimal.NewFromInt(n), true} }

// Decimal returns a Number that is not blank.
func Decimal(d decimal.Decimal) Number { return Number{d, true} }

// maxScale bounds the exponent of a number that is read, so that 1e999999999
// does not become a gigabyte of digits.
const maxScale = 30

// ParseNumber reads a plain decimal number: optional sign, digits, optional
// fraction, optional exponent. It is meant for machine-written numbers; what
// people type is read by package reader.
func ParseNumber(s string) (Number, error) {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Number{}, fmt.Errorf("%q is not a number", s)
	}
	if d.Exponent() > maxScale || d.Exponent() < -maxScale || d.NumDigits() > maxScale {
		return Number{}, fmt.Errorf("%q is out of range", s)
	}
	return Number{d, true}, nil
}

// Blank reports whether the cell was empty. A blank Number counts as 0 in sums.
func (n Number) Blank() bool { return !n.ok }

// Decimal returns the value; 0 when n is blank.
func (n Number) Decimal() decimal.Decimal { return n.d }

// IsZero reports whether n is 0 or blank.
func (n Number) IsZero() bool { return n.d.IsZero() }

// Whole reports whether n has no fraction. Blank is whole.
func (n Number) Whole() bool { return n.d.IsInteger() }

// Sign is -1, 0 or +1; 0 when n is blank.
func (n Number) Sign() int { return n.d.Sign() }

// Add returns the sum; it is blank only when both are.
func (n Number) Add(m Number) Number { return Number{n.d.Add(m.d), n.ok || m.ok} }

// Sub returns the difference; it is blank only when both are.
func (n Number) Sub(m Number) Number { return Number{n.d.Sub(m.d), n.ok || m.ok} }

// Equal reports whether both have the same value, counting blank as 0.
func (n Number) Equal(m Number) bool { return n.d.Equal(m.d) }

// String is the shortest exact decimal form, "" when blank.
func (n Number) String() string {
	if !n.ok {
		return ""
	}
	return n.d.String()
}
