package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/finding"
)

// wrongTotal is a report whose one wrong total two sums and the text tell of, and whose
// text is wrong about something else, too.
func wrongTotal(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile("../../testdata/yingshan-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(src, &doc); err != nil {
		t.Fatal(err)
	}
	row := doc["tables"].(map[string]any)["applications"].(map[string]any)["granted"].(map[string]any)
	row["total"] = 7
	doc["sections"].(map[string]any)["overview"] = []string{"予以公开6件，结转下年度继续办理9件。"}
	src, err = json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "年报.json")
	if err := os.WriteFile(name, src, 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestConsequencesStandBeneath(t *testing.T) {
	name := wrongTotal(t)
	status, out, _ := runIn(t, "check", "--severity", "warning", name)
	lines := strings.Split(strings.ReplaceAll(out, "applications.", ""), "\n")
	heads, beneath := 0, 0
	for _, l := range lines {
		switch {
		case strings.HasPrefix(l, "             "):
			beneath++
		case strings.HasPrefix(l, "  错误") || strings.HasPrefix(l, "  警告"):
			heads++
		}
	}
	if status != exitFindings || heads != 2 || beneath != 2 || !strings.Contains(lines[0], "2 个错误，2 个警告（其中2个由其他问题引起）") ||
		!strings.Contains(out, "改为6") || strings.Index(out, "A102") < strings.Index(out, "由此引起") {
		t.Errorf("status %d:\n%s", status, out)
	}
	_, severe, _ := runIn(t, "check", "--severity", "error", name)
	if strings.Contains(severe, "N10") || !strings.Contains(severe, "A102") {
		t.Errorf("errors alone:\n%s", severe)
	}
	_, ignored, _ := runIn(t, "check", "--ignore", "A101", name) // what followed from it follows from what is left
	if !strings.Contains(ignored, "A102") || strings.Index(ignored, "N103") < strings.Index(ignored, "由此引起") {
		t.Errorf("without A101:\n%s", ignored)
	}
}

func TestConsequencesInJSON(t *testing.T) {
	name := wrongTotal(t)
	_, out, _ := runIn(t, "check", "--format", "json", name)
	validate(t, schema(t, "findings"), name, []byte(out))
	var list struct {
		Findings []finding.JSON
		Errors   int
	}
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range list.Findings {
		if f.Severity == finding.Info {
			continue
		}
		line := f.Rule
		if f.Because != nil {
			line += " < " + f.Because.Rule + " " + f.Because.Path
		}
		if f.Slip != nil {
			line += " " + strings.Join(f.Slip.Cells, " ") + "=" + f.Slip.Expected.String()
		}
		got = append(got, line)
	}
	want := []string{"A101 applications.granted.total=6", "A102 < A101 applications.granted.total", "N103 < A101 applications.granted.total", "N105"}
	if !slices.Equal(got, want) || list.Errors != 2 {
		t.Errorf("%q, %d errors", got, list.Errors)
	}

	_, out, _ = runIn(t, "check", "--format", "sarif", name)
	var log struct {
		Runs []struct {
			Results []struct {
				RuleID           string
				RelatedLocations []struct {
					LogicalLocations []struct{ FullyQualifiedName string }
				}
				Properties struct{ Because *finding.Because }
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &log); err != nil {
		t.Fatal(err)
	}
	for _, r := range log.Runs[0].Results {
		follows := r.RuleID == "A102" || r.RuleID == "N103"
		if (r.Properties.Because != nil) != follows || (len(r.RelatedLocations) == 1) != follows ||
			follows && r.RelatedLocations[0].LogicalLocations[0].FullyQualifiedName != "applications.granted.total" {
			t.Errorf("%+v", r)
		}
	}
}
