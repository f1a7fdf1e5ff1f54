package report

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
)

// fill gives every field of a value one that no other has.
func fill(v reflect.Value, n *int64) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(string(rune('一' + *n)))
	case reflect.Int:
		v.SetInt(-*n)
	case reflect.Bool:
		v.SetBool(*n%2 == 0)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Number]() {
			numbers := []Number{Int(*n), {}, Decimal(decimal.RequireFromString("1230000000000.50")), Int(0), Decimal(decimal.New(-5, 3)), Int(-7)}
			v.Set(reflect.ValueOf(numbers[*n%int64(len(numbers))]))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic(v.Type())
	}
}

func TestPack(t *testing.T) {
	for _, filled := range []bool{true, false} {
		r := &Report{}
		if filled {
			pictures := r.Pictures
			v := reflect.ValueOf(r).Elem()
			n := int64(0)
			for i := range v.NumField() {
				if v.Type().Field(i).Name != "Pictures" {
					fill(v.Field(i), &n)
				}
			}
			r.Pictures = pictures
			r.Tables[0].Cell = Cell{}
		}
		got := Unpack(Pack(r))
		if d := cmp.Diff(r, got, cmp.Comparer(func(a, b Number) bool { return a.Blank() == b.Blank() && a.String() == b.String() })); d != "" {
			t.Error(d)
		}
	}
}

// Cells of one sheet, as real reports have them, and numbers of any length.
func TestPackCellsOfASheet(t *testing.T) {
	r := &Report{Tables: []Table{{Key: "applications", Cell: Cell{"三", 1, 1}, Rows: []Row{{Key: "granted", Figures: []Figure{
		{"a", Int(1), Cell{"三", 2, 1}}, {"b", Int(1234567890), Cell{"三", 2, 2}}, {"c", Int(999999999), Cell{"四", 2, 3}}, {"d", Number{}, Cell{}},
		{"e", Decimal(decimal.RequireFromString("1234567890123456789012345")), Cell{"三", 2, 4}}, {"f", Int(-1), Cell{"三", 2, 5}},
	}}}}}}
	got := Unpack(Pack(r))
	if d := cmp.Diff(r, got, cmp.Comparer(func(a, b Number) bool { return a.Blank() == b.Blank() && a.String() == b.String() })); d != "" {
		t.Error(d)
	}
}

func BenchmarkUnpack(b *testing.B) {
	r := &Report{Form: "2021", Tables: make([]Table, 3)}
	for i := range r.Tables {
		r.Tables[i].Rows = make([]Row, 20)
		for k := range r.Tables[i].Rows {
			r.Tables[i].Rows[k].Figures = make([]Figure, 7)
			for n := range r.Tables[i].Rows[k].Figures {
				r.Tables[i].Rows[k].Figures[n] = Figure{"total", Int(int64(n)), Cell{"三、", k, n}}
			}
		}
	}
	packed := Pack(r)
	b.ReportMetric(float64(len(packed)), "bytes/report")
	for b.Loop() {
		Unpack(packed)
	}
}
