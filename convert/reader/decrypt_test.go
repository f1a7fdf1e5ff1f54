package reader

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"runtime"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
	"nianbao/convert/workbook"
)

// An encrypted workbook is read with its password, or with none where Excel has
// encrypted it with its own.
func TestDecrypt(t *testing.T) {
	src, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ with, given, code string }{
		{"秘密123", "秘密123", ""},
		{workbook.DefaultPassword, "", ""},
		{workbook.DefaultPassword, "秘密123", ""}, // which others of the folder have
		{"秘密123", "", "read.format.encrypted"},
		{"秘密123", "错", "read.password"},
	} {
		locked, err := excelize.Encrypt(src, &excelize.Options{Password: c.with})
		if err != nil {
			t.Fatal(err)
		}
		if f := workbook.Sniff(locked); f != workbook.Encrypted {
			t.Fatalf("an encrypted workbook looks like %s", f)
		}
		plain, err := workbook.Decrypt(t.Context(), locked, c.given)
		var m *message.Error
		switch {
		case c.code == "" && err != nil:
			t.Errorf("%q with %q: %v", c.with, c.given, err)
		case c.code == "":
			if r, err := readOne(context.Background(), plain, Options{}); err != nil || r.Year != 2024 {
				t.Errorf("%q with %q: read as %+v, %v", c.with, c.given, r, err)
			}
		case !errors.As(err, &m) || m.Key != c.code:
			t.Errorf("%q with %q: %v, want %s", c.with, c.given, err, c.code)
		}
	}
}

// An encrypted workbook that says it is larger than its file is refused before memory
// is set aside for it.
func TestDecryptLarge(t *testing.T) {
	src, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	locked, err := excelize.Encrypt(src, &excelize.Options{Password: "秘密123"})
	if err != nil {
		t.Fatal(err)
	}
	var name []byte // of its entry in the directory, UTF-16
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	entry := bytes.Index(locked, name)
	const sizeAt = 120 // in an entry
	if entry < 0 || len(locked) < entry+sizeAt+4 {
		t.Fatal("no entry for the package")
	}
	binary.LittleEndian.PutUint32(locked[entry+sizeAt:], 1<<30)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = workbook.Decrypt(t.Context(), locked, "秘密123")
	runtime.ReadMemStats(&after)
	var m *message.Error
	if !errors.As(err, &m) {
		t.Errorf("error %v", err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<28 {
		t.Errorf("took %d MB", took>>20)
	}
}
