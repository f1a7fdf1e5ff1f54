package templates

import _ "embed"

// The embedded fonts, TrueType; see fonts/README.md. They are part of the
// program's read-only data: do not change them.
var (
	// SerifRegular has every character that any of the faces has.
	//go:embed fonts/NotoSerifSC-Regular.ttf
	SerifRegular []byte

	//go:embed fonts/NotoSerifSC-Bold.ttf
	SerifBold []byte

	//go:embed fonts/NotoSansSC-Medium.ttf
	SansMedium []byte

	//go:embed fonts/NianbaoKai-Regular.ttf
	KaiRegular []byte
)
