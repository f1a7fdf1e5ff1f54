package message

import (
	"testing"

	"golang.org/x/sys/windows"
)

// On a system for China messages are Chinese, whatever language its menus are in.
func TestChineseSystem(t *testing.T) {
	if acp := windows.GetACP(); acp != chinese {
		t.Fatalf("the code page is %d: testdata/windows.sh sets another", acp)
	}
	langs, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err == nil && len(langs) > 0 && langs[0][:2] == "zh" {
		t.Logf("the menus are Chinese, too: %s", langs)
	}
	if got := systemLang(); got != Chinese {
		t.Errorf("%s with menus in %s", got, langs)
	}
}
