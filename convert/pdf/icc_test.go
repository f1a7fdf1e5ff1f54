package pdf

import (
	"encoding/binary"
	"testing"
)

func TestProfileIsWellFormed(t *testing.T) {
	p := sRGB()
	u32 := func(i int) int { return int(binary.BigEndian.Uint32(p[i:])) }
	if u32(0) != len(p) || string(p[36:40]) != "acsp" {
		t.Fatal("no ICC profile")
	}
	for i := range u32(128) {
		at := 132 + 12*i
		if start, n := u32(at+4), u32(at+8); start%4 != 0 || start+n > len(p) {
			t.Errorf("%s lies outside", p[at:at+4])
		}
	}
	// White is the sum of the primaries.
	var sum [3]int32
	for i := range 3 {
		at := u32(132 + 12*(3+i) + 4)
		for j := range 3 {
			sum[j] += int32(binary.BigEndian.Uint32(p[at+8+4*j:]))
		}
	}
	for j, want := range []int32{63190, 65536, 54061} {
		if d := sum[j] - want; d < -32 || d > 32 {
			t.Errorf("white is %v", sum)
		}
	}
}
