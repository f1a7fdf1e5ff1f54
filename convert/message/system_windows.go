package message

import "golang.org/x/sys/windows"

// systemLang is the language of the system when the environment names none, as
// it does not on Windows.
func systemLang() Lang {
	langs, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err == nil && len(langs) > 0 && len(langs[0]) >= 2 && langs[0][:2] == "zh" {
		return Chinese
	}
	return English
}
