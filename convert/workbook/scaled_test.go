package workbook

import (
	"slices"
	"strings"
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

// What is shown is of the number that counts: one that was computed, too.
func TestScaledCells(t *testing.T) {
	scaled := func(code string) map[string]string {
		return map[string]string{
			"xl/styles.xml":   `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="` + code + `"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>`,
			"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>`,
			"xl/worksheets/sheet1.xml": `<worksheet><row><c s="1"><v>592372</v></c><c><v>592372</v></c><c s="1"><f>A1</f><v>0</v></c><c s="1"><f>A1</f></c>` +
				`<c s="1"><v>0</v></c><c s="1" t="str"><v>5923</v></c></row></worksheet>`,
		}
	}
	of := func(code string) (shown []string) {
		for _, c := range computed(t, packageOf(t, scaled(code))).Sheets[0].Cells {
			s, _ := c.Scaled()
			shown = append(shown, s)
		}
		return shown
	}
	if got, want := of("0!.0,"), []string{"59.2", "", "59.2", "59.2", "", ""}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	// A code longer than any program takes could show millions of digits.
	if got := of("0" + strings.Repeat(",", longestCode-1))[0]; got != "0" {
		t.Errorf("as many commas as there may be show %q", got)
	}
	if got := of("0" + strings.Repeat(",", longestCode))[0]; got != "" {
		t.Errorf("more commas than there may be show %q", got)
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
