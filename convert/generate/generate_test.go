package generate

import (
	"os"
	"testing"
)

// Set COUNTY to a folder to look at what is generated.
func TestNewCounty(t *testing.T) {
	dir := os.Getenv("COUNTY")
	if dir == "" {
		dir = t.TempDir()
	}
	c, err := NewCounty(dir, 50)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Wrong) != len(spoil) || len(c.Failed) != len(unreadable) {
		t.Errorf("%d wrong, %d failed", len(c.Wrong), len(c.Failed))
	}
}
