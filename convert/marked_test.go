package convert

import (
	"bytes"
	"os"
	"testing"

	"nianbao/convert/workbook"
)

// The marked copy of an encrypted submission opens with the submission's password and
// no other, but for the one with which Excel opens a file by itself.
func TestMarkedCopyKeepsThePassword(t *testing.T) {
	src, err := os.ReadFile(unmarkable(t, "marked"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ given, opens, not string }{{"秘密123", "秘密123", "秘密124"}, {"", workbook.DefaultPassword, ""}} {
		locked, err := workbook.Encrypt(src, c.opens)
		if err != nil {
			t.Fatal(err)
		}
		results, err := Read(t.Context(), Source{Name: "年报.xlsx", Bytes: locked}, Options{Password: c.given})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := results[0].Write(t.Context(), &out, Annotated); err != nil {
			t.Fatal(err)
		}
		if workbook.Sniff(out.Bytes()) != workbook.Encrypted {
			t.Fatal("the marked copy is not encrypted")
		}
		plain, err := workbook.Decrypt(t.Context(), out.Bytes(), c.opens)
		if err != nil {
			t.Fatal(err)
		}
		b, err := workbook.Open(t.Context(), plain, workbook.Limits{}.WithDefaults())
		if err != nil {
			t.Fatal(err)
		}
		if err := b.ReadSheets(t.Context()); err != nil || !b.Sheets[0].Results() {
			t.Errorf("the copy is not marked: %v", err)
		}
		if c.not == "" {
			continue // Excel's own password is tried behind any that is given
		}
		if _, err := workbook.Decrypt(t.Context(), out.Bytes(), c.not); err == nil {
			t.Error("it opens with another password")
		}
	}
}
