package biff

import "fmt"

// RGB is a colour.
type RGB struct{ R, G, B uint8 }

// String is the colour as OOXML writes it: FF9999.
func (c RGB) String() string { return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B) }

// Colour is the colour with an index; false where it is the system's own: black for
// text and lines, white behind them.
func (b *Book) Colour(index int) (RGB, bool) {
	if index < 0 || index >= len(b.Palette) {
		return RGB{}, false
	}
	return b.Palette[index], true
}

// defaultPalette are the colours of a workbook that has none of its own, the
// icv table of [MS-XLS].
var defaultPalette = func() (p [64]RGB) {
	for i, c := range []uint32{
		0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF,
		0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF,
		0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080,
		0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF,
		0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF,
		0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99,
		0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696,
		0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
	} {
		p[i] = RGB{uint8(c >> 16), uint8(c >> 8), uint8(c)}
	}
	return p
}()
