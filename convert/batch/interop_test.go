//go:build interop

package batch

import "testing"

func TestInteropCountyOf300(t *testing.T) { testCounty(t, 300) }
