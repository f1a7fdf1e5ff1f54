package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"nianbao/templates"
)

// jsonNames are the names of the JSON that commands leave, by the schema that it is of.
var jsonNames = map[string]*regexp.Regexp{
	"result":  regexp.MustCompile(`^results(-\d+-of-\d+)?\.jsonl$`),
	"summary": regexp.MustCompile(`^summary(-\d+-of-\d+)?\.json$`),
	"report":  regexp.MustCompile(`\.json$`),
}

// validateBelow holds all JSON that commands wrote into the folder and those in it to its
// schema. What a test wrote there itself begins otherwise.
func validateBelow(t *testing.T, dir string) {
	schemas := map[string]*jsonschema.Schema{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		for _, id := range []string{"result", "summary", "report"} {
			if !jsonNames[id].MatchString(d.Name()) {
				continue
			}
			if schemas[id] == nil {
				schemas[id] = schema(t, id)
			}
			src, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			for line := range strings.Lines(string(src)) {
				if strings.HasPrefix(line, `{"version":1,`) {
					validate(t, schemas[id], name, []byte(line))
				}
			}
			break
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// What programs rely on is the fields of all JSON and their kinds. One that goes or
// becomes another kind needs a new version. One that comes is free until it is added to
// the list (-update).
func TestContractNeedsAVersion(t *testing.T) {
	const list = "../../testdata/contract.txt"
	var now []string
	for _, name := range []string{"findings", "report", "result", "summary"} {
		src, err := templates.Schemas.ReadFile("schemas/" + name + schemaSuffix)
		if err != nil {
			t.Fatal(err)
		}
		var s any
		if err := json.Unmarshal(src, &s); err != nil {
			t.Fatal(err)
		}
		version := s.(map[string]any)["properties"].(map[string]any)["version"].(map[string]any)["const"]
		fields(fmt.Sprintf("%s version %v", name, version), s, &now)
	}
	slices.Sort(now)
	if *update {
		if err := os.WriteFile(list, []byte(strings.Join(now, "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	src, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	before := strings.Split(strings.TrimSpace(string(src)), "\n")
	for _, line := range before {
		if !slices.Contains(now, line) {
			t.Errorf("%s: has changed; give version another number", line)
		}
	}
}

// fields lists the fields below a schema with their kinds.
func fields(at string, s any, all *[]string) {
	m, ok := s.(map[string]any)
	if !ok {
		return
	}
	kind := ""
	switch {
	case m["type"] != nil:
		kind = fmt.Sprint(m["type"])
	case m["const"] != nil:
		kind = "constant"
	case m["enum"] != nil:
		kind = "one of some"
	}
	*all = append(*all, strings.TrimSpace(at+" "+kind))
	if properties, ok := m["properties"].(map[string]any); ok {
		for name, p := range properties {
			fields(at+"."+name, p, all)
		}
	}
	for _, below := range []string{"items", "additionalProperties"} {
		fields(at+".*", m[below], all)
	}
	if patterns, ok := m["patternProperties"].(map[string]any); ok {
		for name, p := range patterns {
			fields(at+"./"+name+"/", p, all)
		}
	}
	if defs, ok := m["$defs"].(map[string]any); ok {
		for name, p := range defs {
			fields(at+" $"+name, p, all)
		}
	}
}
