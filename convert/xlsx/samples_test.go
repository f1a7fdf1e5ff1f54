package xlsx

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestScratch(t *testing.T) {
	for _, n := range []string{"multi", "calc", "html"} {
		src, err := os.ReadFile("../../../shared/samples/yingshan2024." + n + ".xlsx")
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(context.Background(), src, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.Encode(r)
		var got, want map[string]any
		json.Unmarshal(b.Bytes(), &got)
		w, _ := os.ReadFile("../../../shared/samples/yingshan2024.json")
		json.Unmarshal(w, &want)
		fmt.Println(n, fmt.Sprint(got["tables"]) == fmt.Sprint(want["tables"]), r.Year, r.Organization, r.Title)
		fmt.Println(r.Preamble, r.Sections)
		fmt.Printf("%+v\n", r.Notes)
	}
}
func BenchmarkRead(b *testing.B) {
	src, err := os.ReadFile("../../../shared/samples/yingshan2024.html.xlsx")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), src, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
