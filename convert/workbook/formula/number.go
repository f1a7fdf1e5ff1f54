package formula

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

const (
	kept        = 34  // significant digits that are computed with
	shownDigits = 15  // significant digits of what is shown or compared
	largest     = 308 // powers of ten of the largest and the smallest number
)

func number(d decimal.Decimal) Value { return Value{Kind: Number, Number: d} }
func integer(n int) Value            { return number(decimal.NewFromInt(int64(n))) }
func text(s string) Value            { return Value{Kind: Text, Text: s} }
func boolean(b bool) Value           { return Value{Kind: Bool, Bool: b} }
func failure(name string) Value      { return Value{Kind: Error, Text: name} }

// The errors of spreadsheets.
var (
	errValue = failure("#VALUE!")
	errDiv0  = failure("#DIV/0!")
	errRef   = failure("#REF!")
	errNA    = failure("#N/A")
	errNum   = failure("#NUM!")
	errNull  = failure("#NULL!")
)

// ParseNumber reads a number as files and formulas write it: 12, .5, 1.5E-3. What is too
// large for a spreadsheet, or has too many digits, is none.
func ParseNumber(s string) (decimal.Decimal, bool) {
	if len(s) == 0 || len(s) > 400 {
		return decimal.Zero, false
	}
	mantissa, exponent, scientific := s, "", false
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent, scientific = s[:i], s[i+1:], true
	}
	digits := strings.TrimLeft(mantissa, "+-")
	if len(mantissa)-len(digits) > 1 || strings.Trim(digits, "0123456789.") != "" || strings.Count(digits, ".") > 1 || digits == "." || digits == "" {
		return decimal.Zero, false
	}
	shift := 0
	if scientific {
		n, err := strconv.Atoi(exponent)
		if err != nil || n < -2*largest || n > 2*largest {
			return decimal.Zero, false
		}
		shift = n
	}
	if n, err := strconv.ParseInt(mantissa, 10, 64); err == nil && shift == 0 {
		return decimal.NewFromInt(n), true
	}
	mantissa = strings.TrimPrefix(mantissa, "+")
	d, err := decimal.NewFromString(mantissa)
	if err != nil {
		return decimal.Zero, false
	}
	v := bounded(d.Shift(int32(shift)))
	return v.Number, v.Kind == Number
}

// bounded is the number with as many digits as are kept, #NUM! if it is too large.
func bounded(d decimal.Decimal) Value {
	if d.IsZero() {
		return number(decimal.Zero)
	}
	d = significant(d, kept)
	switch m := magnitude(d); {
	case m > largest:
		return errNum
	case m < -largest:
		return number(decimal.Zero)
	}
	return number(d)
}

// magnitude is the power of ten of the first digit.
func magnitude(d decimal.Decimal) int { return d.NumDigits() + int(d.Exponent()) - 1 }

// significant rounds to n significant digits.
func significant(d decimal.Decimal, n int) decimal.Decimal {
	drop := d.NumDigits() - n
	if drop <= 0 {
		return d
	}
	return d.Round(-(d.Exponent() + int32(drop)))
}

// shown is the number as Excel shows and compares it.
func shown(d decimal.Decimal) decimal.Decimal { return significant(d, shownDigits) }

func divide(a, b decimal.Decimal) Value {
	if b.IsZero() {
		return errDiv0
	}
	if a.IsZero() {
		return number(decimal.Zero)
	}
	return bounded(a.DivRound(b, int32(kept-magnitude(a)+magnitude(b))))
}

// power is a to the power of b. Whole powers are exact as far as digits are kept.
func power(a, b decimal.Decimal) Value {
	switch {
	case a.IsZero() && b.IsZero():
		return errNum
	case a.IsZero() && b.IsNegative():
		return errDiv0
	case a.IsZero():
		return number(decimal.Zero)
	}
	if n := b.IntPart(); b.IsInteger() && b.Abs().LessThan(decimal.New(1, 6)) {
		result, square := decimal.NewFromInt(1), a
		for k := max(n, -n); k > 0; k >>= 1 {
			if k&1 == 1 {
				if result = significant(result.Mul(square), kept); outOfRange(result) {
					return rangeEnd(result, n < 0)
				}
			}
			if square = significant(square.Mul(square), kept); k > 1 && outOfRange(square) {
				return rangeEnd(square, n < 0)
			}
		}
		if n < 0 {
			return divide(decimal.NewFromInt(1), result)
		}
		return bounded(result)
	}
	return fromFloat(math.Pow(a.InexactFloat64(), b.InexactFloat64()))
}

func outOfRange(d decimal.Decimal) bool { m := magnitude(d); return m > largest || m < -largest }

// rangeEnd is what a number beyond the range of numbers comes to, or one divided by it.
func rangeEnd(d decimal.Decimal, inverse bool) Value {
	if (magnitude(d) > 0) != inverse {
		return errNum
	}
	return number(decimal.Zero)
}

func fromFloat(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return errNum
	}
	d, err := decimal.NewFromString(strconv.FormatFloat(f, 'e', shownDigits-1, 64))
	if err != nil {
		return errNum
	}
	return bounded(d)
}

// general writes a number as the format General does where there is room enough: 0.5, 1E+20.
func general(d decimal.Decimal) string {
	d = shown(d)
	if d.IsZero() {
		return "0"
	}
	sign := ""
	if d.IsNegative() {
		sign, d = "-", d.Neg()
	}
	m := magnitude(d)
	if m < shownDigits && m >= -5 {
		s := d.String()
		if strings.Contains(s, ".") {
			s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
		}
		return sign + s
	}
	digits := strings.TrimRight(d.Coefficient().String(), "0")
	if len(digits) > 1 {
		digits = digits[:1] + "." + digits[1:]
	}
	e := "+"
	if m < 0 {
		e, m = "-", -m
	}
	if m < 10 {
		e += "0"
	}
	return sign + digits + "E" + e + strconv.Itoa(m)
}

// whole is the number cut to an integer, if it is one that a count or a position can be:
// as in Excel, one of 32 bits.
func whole(d decimal.Decimal) (int, bool) {
	d = shown(d).Truncate(0)
	if d.Abs().GreaterThan(decimal.NewFromInt(math.MaxInt32)) {
		return 0, false
	}
	return int(d.IntPart()), true
}

// times is a number n times over.
func times(d decimal.Decimal, n int) decimal.Decimal {
	return d.Mul(decimal.NewFromBigInt(big.NewInt(int64(n)), 0))
}
