package workbook

import (
	"strings"

	"github.com/shopspring/decimal"
)

// placeholder is a place of a number format: a digit, the decimal point, or what stands
// there as it is.
type placeholder struct {
	digit, point bool
	literal      string
}

// scaledFormat is a number format that shows a number divided: 0, shows thousands,
// 0!.0, ten thousands with one decimal, as it is common for amounts.
type scaledFormat struct {
	thousands int32 // how many times it divides by 1,000
	places    []placeholder
}

// Limits of the formats that divide: Excel takes 255 characters, and no workbook has as
// many formats. One that is beyond them counts as one that does not divide.
const (
	longestCode = 4 * 255
	mostScaled  = 1000
)

// scaledFormat is the format with a code if it divides, else nil.
func (b *Book) scaledFormat(code string) *scaledFormat {
	if f, ok := b.scaled[code]; ok {
		return f
	}
	if len(code) > longestCode || len(b.scaled) >= mostScaled {
		return nil
	}
	f, ok := parseScaled(code)
	if !ok {
		return nil
	}
	if b.scaled == nil {
		b.scaled = map[string]*scaledFormat{}
	}
	b.scaled[code] = &f
	return &f
}

// parseScaled reads the first section of a format's code, and reports whether it
// divides.
func parseScaled(code string) (scaledFormat, bool) {
	var f scaledFormat
	commas := int32(0) // since the last digit
	runes := []rune(code)
	for i := 0; i < len(runes) && runes[i] != ';'; i++ {
		switch r := runes[i]; r {
		case '0', '#', '?':
			commas = 0
			f.places = append(f.places, placeholder{digit: true})
		case '.':
			f.places = append(f.places, placeholder{point: true})
		case ',':
			commas++
		case '!', '\\':
			if i++; i < len(runes) {
				f.places = append(f.places, placeholder{literal: string(runes[i])})
			}
		case '_', '*':
			i++
		case '"':
			var text strings.Builder
			for i++; i < len(runes) && runes[i] != '"'; i++ {
				text.WriteRune(runes[i])
			}
			f.places = append(f.places, placeholder{literal: text.String()})
		case '[':
			for i < len(runes) && runes[i] != ']' {
				i++
			}
		default:
			f.places = append(f.places, placeholder{literal: string(r)})
		}
	}
	digits := 0
	for _, p := range f.places {
		if p.digit {
			digits++
		}
	}
	f.thousands = commas
	return f, commas > 0 && digits > 0
}

// show is what the format shows of a number.
func (f scaledFormat) show(v decimal.Decimal) string {
	decimals, points := int32(0), 0
	for _, p := range f.places {
		switch {
		case p.point:
			points++
		case p.digit && points > 0:
			decimals++
		}
	}
	v = v.Shift(-3 * f.thousands).Round(decimals)
	whole, fraction, _ := strings.Cut(v.Abs().StringFixed(decimals), ".")
	// The last digits go to the last places, what is left to the first.
	out := make([]string, len(f.places))
	first := -1
	rest := whole
	inFraction := points > 0
	for i := len(f.places) - 1; i >= 0; i-- {
		switch p := f.places[i]; {
		case p.point:
			out[i], inFraction = ".", false
		case p.digit && inFraction:
			out[i], fraction = fraction[len(fraction)-1:], fraction[:len(fraction)-1]
		case p.digit:
			if first = i; rest != "" {
				out[i], rest = rest[len(rest)-1:], rest[:len(rest)-1]
			} else {
				out[i] = "0"
			}
		default:
			out[i] = p.literal
		}
	}
	if first >= 0 {
		out[first] = rest + out[first]
	}
	s := strings.Join(out, "")
	if v.IsNegative() {
		s = "-" + s
	}
	return s
}
