//go:build !windows

package message

// systemLang is the language of the system when the environment names none.
func systemLang() Lang { return English }
