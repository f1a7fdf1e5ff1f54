//go:build !windows

package desk

// Choose has the user choose files; none if there is nothing to choose with.
func (w *Window) Choose(title, kind, patterns string) []string { return nil }
