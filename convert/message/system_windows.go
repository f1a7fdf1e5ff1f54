package message

import "golang.org/x/sys/windows"

// chinese is the code page of programs on a system for China, whatever language its
// own menus are in.
const chinese = 936

// systemLang is the language of the system when the environment names none, as
// it does not on Windows.
func systemLang() Lang {
	if windows.GetACP() == chinese {
		return Chinese
	}
	langs, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err == nil && len(langs) > 0 && len(langs[0]) >= 2 && langs[0][:2] == "zh" {
		return Chinese
	}
	return English
}
