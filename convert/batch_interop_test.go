//go:build interop

package convert

import "testing"

func TestInteropCountyOf300(t *testing.T) { testCounty(t, 300) }
