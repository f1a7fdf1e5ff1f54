package reader

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Form, JSON, JSON is the identity, on every form that there is to test with.
func TestJSONReadsBackTheSame(t *testing.T) {
	files, _ := filepath.Glob("../../testdata/forms/*.xlsx")
	for _, name := range append(files, sample) {
		r := readFile(t, name)
		r.Signature = report.Signature{Organization: "某县教育局", Date: "2025年1月20日"}
		first, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadJSON(first, Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		second, err := json.Marshal(again)
		if err != nil || string(second) != string(first) {
			t.Errorf("%s: %v\n%s\n%s", name, err, first, second)
		}
	}
}

func TestReadJSONNamesWhatIsWrong(t *testing.T) {
	src, err := os.ReadFile("../../testdata/yingshan-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, key, want string }{
		{`"version": 1`, `"version": 2`, "read.json.version", "2"},
		{`"form": "2021"`, `"form": "1999"`, "read.json.unknown", "1999"},
		{`"licences": {`, `"licenses": {`, "read.json.unknown", "tables.disclosure.licenses.decisions"},
		{`"overview": [`, `"summary": [`, "read.json.unknown", "sections.summary"},
		{`"repealed": 3`, `"repealed": "三"`, "read.json.type", "tables.disclosure.normative_documents.repealed 应为数字"},
		{`"repealed": 3`, `"repealed": 1e999999999`, "read.json.type", "tables.disclosure.normative_documents.repealed 应为数字"},
		{`"repealed": 3`, `"repealed": 3, "repealed": 4`, "read.json.twice", "tables.disclosure.normative_documents.repealed 前面"},
		{`"year": 2024`, `"year": "2024"`, "read.json.type", "第 4 行的 year 应为数字"},
		{`"overview": [`, `"overview": [7, `, "read.json.type", "sections.overview.1 应为文字"},
		{`"overview": [`, `"": [], "overview": [`, "read.json.unknown", "sections."},
		{`"tables": {`, `"tables": [{}], "x": {`, "read.json.type", "tables 应为对象"},
		{`"title":`, `"titel":`, "read.json.unknown", "titel"},
		{`{`, `{{`, "read.json.syntax", "第 1 行"},
		{`{`, `{} {`, "read.json.several", "第 1 行"},
		{"}\n}", "}", "read.json.cut", "中断"},
	} {
		if !strings.Contains(string(src), c.old) {
			t.Fatalf("%s is not in the sample", c.old)
		}
		_, err := ReadJSON([]byte(strings.Replace(string(src), c.old, c.new, 1)), Options{})
		var m *message.Error
		if !errors.As(err, &m) || m.Key != c.key || !strings.Contains(m.In(message.Chinese), c.want) {
			t.Errorf("%s: %v, want %s with %s", c.new, err, c.key, c.want)
		}
	}
	var m *message.Error
	if _, err := ReadJSON([]byte(`[{}]`), Options{}); !errors.As(err, &m) || m.Key != "read.json.list" {
		t.Errorf("a list: %v", err)
	}
	// The same without what is newer, and without cells: figures are at their paths.
	var old map[string]any
	if err := json.Unmarshal(src, &old); err != nil {
		t.Fatal(err)
	}
	delete(old, "version")
	delete(old, "cells")
	src, _ = json.Marshal(old)
	r, err := ReadJSON(src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Figure("applications", "granted", "total").Cell.String(); got != "applications.granted.total" {
		t.Errorf("the figure is at %q", got)
	}
}
