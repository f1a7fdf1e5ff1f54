package opc

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"nianbao/convert/message"
)

// A package may unpack to so much in all and no more, whatever it says of its sizes.
func TestOpenKeepsToItsLimit(t *testing.T) {
	const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	packed := func(sizes ...int) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i, text := range append([]string{types}, spaces(sizes)...) {
			w, err := z.Create([]string{"[Content_Types].xml", "a.xml", "b.xml"}[i])
			if err != nil {
				t.Fatal(err)
			}
			w.Write([]byte(text))
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	const limit = 10_000
	const rest = limit - len(types)
	for _, c := range []struct {
		name string
		src  []byte
		fits bool
	}{
		{"as much as may be", packed(rest/2, rest-rest/2), true},
		{"a byte more in all", packed(rest/2, rest-rest/2+1), false},
		{"a part too large by itself", packed(limit + 1), false},
	} {
		_, err := Open(t.Context(), c.src, limit)
		var m *message.Error
		if fits := err == nil; fits != c.fits || !fits && (!errors.As(err, &m) || m.Key != "read.limit.unpacked") {
			t.Errorf("%s: %v", c.name, err)
		}
	}

	// One that lies: its last part says that it has 100 bytes.
	src := packed(limit * 100)
	binary.LittleEndian.PutUint32(src[bytes.LastIndex(src, []byte("PK\x01\x02"))+24:], 100)
	p, err := Open(t.Context(), src, limit)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := p.Read("a.xml"); err == nil {
		t.Errorf("%d bytes were read of a part that says it has 100", len(text))
	}
}

// spaces are texts of so many bytes.
func spaces(sizes []int) []string {
	var all []string
	for _, n := range sizes {
		all = append(all, strings.Repeat(" ", n))
	}
	return all
}
