package workbook

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestScaledFormats(t *testing.T) {
	for _, c := range []struct{ code, value, want string }{
		{"0!.0,", "592372", "59.2"}, {`0\.0,`, "5923", "0.6"}, {"0,", "592372", "592"}, {"#,##0,", "5923720", "5924"},
		{"0.00,,", "59237244.9", "59.24"}, {`0.0,"千"`, "-1500", "-1.5千"}, {"0!.0000,", "59237244", "5.9237"},
	} {
		f, ok := parseScaled(c.code)
		v, err := decimal.NewFromString(c.value)
		if err != nil || !ok {
			t.Fatalf("%s: %v, scaled %v", c.code, err, ok)
		}
		if got := f.show(v); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.code, c.value, got, c.want)
		}
	}
	for _, code := range []string{"0", "#,##0", "#,##0.00", "0.0%", `0","`, `0\,`, "General", "@", "yyyy,mm", ""} {
		if _, ok := parseScaled(code); ok {
			t.Errorf("%q is taken to divide", code)
		}
	}
}

func FuzzScaled(f *testing.F) {
	f.Add("0!.0,", "592372")
	f.Add(`#,##0.00,,"x";-0`, "-1e5")
	f.Fuzz(func(t *testing.T, code, value string) {
		s, ok := parseScaled(code)
		if v, err := decimal.NewFromString(value); ok && err == nil && v.Exponent() < 30 && v.Exponent() > -30 && len(code) < 200 {
			s.show(v)
		}
	})
}
