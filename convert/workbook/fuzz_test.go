package workbook

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// Whatever is called a workbook with a password is decrypted or refused in little time.
func FuzzDecrypt(f *testing.F) {
	src, err := os.ReadFile("../../testdata/yingshan-2024.xlsx")
	if err != nil {
		f.Fatal(err)
	}
	locked, err := excelize.Encrypt(src[:2000], &excelize.Options{Password: DefaultPassword})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(locked)
	f.Add(bytes.Replace(locked, []byte("EncryptionInfo"), []byte("encryptioninfo"), 1))
	f.Fuzz(func(t *testing.T, src []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		plain, err := Decrypt(ctx, src, "")
		if ctx.Err() != nil || (plain == nil) == (err == nil) {
			t.Errorf("%d bytes and %v, %v", len(plain), err, ctx.Err())
		}
	})
}

// A format is told of any bytes, by what the container's directory says.
func FuzzSniff(f *testing.F) {
	for _, name := range []string{"biff/testdata/sheet-a-section.xls", "biff/testdata/web-page.xls"} {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if format, _ := SniffNamed(src); format == "" || (format == Empty) != (len(src) == 0) {
			t.Errorf("%d bytes are %q", len(src), format)
		}
	})
}
