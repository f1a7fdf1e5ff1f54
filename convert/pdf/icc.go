package pdf

import (
	"encoding/binary"
	"math"
	"sync"
)

// sRGB is an ICC profile (version 2.1) of IEC 61966-2-1, the colour space that
// PDF/A wants named. The primaries are adapted to D50 as the ICC asks, the curve
// is the standard's.
var sRGB = sync.OnceValue(func() []byte {
	be := binary.BigEndian
	fixed := func(b []byte, vs ...float64) []byte { // s15Fixed16
		for _, v := range vs {
			b = be.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	xyz := func(x, y, z float64) []byte { return fixed([]byte("XYZ \x00\x00\x00\x00"), x, y, z) }

	const steps = 1024
	curve := be.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		curve = be.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	const name = "sRGB"
	desc := be.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(name)+1))
	desc = append(desc, name+"\x00"...)
	desc = append(desc, make([]byte, 4+4+2+1+67)...) // no Unicode, no Macintosh name

	type profileTag struct {
		tag  string
		data []byte
	}
	tags := []profileTag{
		{"desc", desc},
		{"cprt", []byte("text\x00\x00\x00\x00No copyright, use freely\x00")},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve},
	}
	var body []byte
	table := be.AppendUint32(nil, uint32(len(tags)))
	start := 128 + 4 + 12*len(tags)
	at := start
	for i, t := range tags {
		if i > 0 && t.tag[1:] == "TRC" && tags[i-1].tag[1:] == "TRC" { // one curve for the three
			table = append(append(table, t.tag...), table[len(table)-8:]...)
			continue
		}
		table = append(table, t.tag...)
		table = be.AppendUint32(be.AppendUint32(table, uint32(at)), uint32(len(t.data)))
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
		at = start + len(body)
	}

	head := be.AppendUint32(nil, uint32(start+len(body)))
	head = append(head, "\x00\x00\x00\x00\x02\x10\x00\x00mntrRGB XYZ "...)
	for _, v := range []uint16{2024, 1, 1, 0, 0, 0} { // a date it must have
		head = be.AppendUint16(head, v)
	}
	head = append(head, "acsp"...)
	head = append(head, make([]byte, 68-len(head))...)
	head = fixed(head, 0.9642, 1, 0.8249)
	head = append(head, make([]byte, 128-len(head))...)
	return append(append(head, table...), body...)
})
