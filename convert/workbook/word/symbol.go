package word

import (
	"strconv"
	"strings"
)

// symbols are the characters of symbol fonts that have a meaning in a form, by font
// and code.
var symbols = map[string]map[rune]string{
	"wingdings":   {0x6F: "□", 0xA8: "□", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xE0: "→"},
	"wingdings 2": {0x50: "✓", 0x52: "☑", 0x4F: "✗", 0x51: "☒", 0xA3: "□"},
	"symbol":      {0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "·", 0xA3: "≤", 0xB3: "≥", 0xB8: "÷"},
}

// symbol is the character with the hexadecimal code in a font. Symbol fonts have their
// characters at F000 and up; one that is not known stays there.
func symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 16)
	if err != nil || n < ' ' || n >= 0xD800 && n < 0xE000 {
		return ""
	}
	r := rune(n)
	if of := symbols[strings.ToLower(strings.TrimSpace(font))]; of != nil {
		if s := of[r&0xFF]; s != "" && (r < 0x100 || r >= 0xF000 && r < 0xF100) {
			return s
		}
	}
	return string(r)
}
