package check

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"nianbao/convert/finding"
	"nianbao/convert/narrative"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// TestPassagesInReports puts labelled passages into reports whose tables have what the
// labels say, so that every finding of the rules N1 to N3 is a false alarm, and then
// changes one figure of the tables at a time, which has to be found.
func TestPassagesInReports(t *testing.T) {
	g := narrative.For(mustForm(t))
	files, _ := filepath.Glob("../../testdata/narrative/*.yaml")
	alarms, planted, seen, reports := 0, 0, 0, 0
	for _, file := range files {
		if filepath.Base(file) == "frames.yaml" {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var list []struct {
			Text, Organization string
			Year               int
			Claims             []string
		}
		if err := yaml.Unmarshal(src, &list); err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			r := allZero(mustForm(t))
			r.Organization, r.Year = p.Organization, max(p.Year, 2024)
			if p.Year > 0 {
				r.Year = p.Year
			}
			if r.Organization == "" {
				r.Organization = "安平县人民政府"
			}
			setText(r, "overview", p.Text)
			claims := g.Read(prose.Normalized(p.Text), r.Year, r.Organization).Claims
			claims = slices.DeleteFunc(claims, func(c narrative.Claim) bool {
				return c.Rule == "N402" || !slices.Contains(p.Claims, c.Name+" "+c.Value.String())
			})
			// What can mean one sum only comes first, and of these what has the fewest rows.
			slices.SortStableFunc(claims, func(a, b narrative.Claim) int {
				return cmp.Or(len(a.Rows)-len(b.Rows), len(a.Rows[0])-len(b.Rows[0]), len(b.Columns[0])-len(a.Columns[0]))
			})
			done := map[*report.Figure]bool{}
			slip := map[*report.Figure]string{} // the rule that has to find a change of it
			for _, c := range claims {
				agrees := false
				var rest report.Number
				var free *report.Figure
				for i, rows := range c.Rows {
					var sum report.Number
					for _, row := range rows {
						for _, column := range c.Columns {
							f := r.Figure(c.Table, row, column)
							sum = sum.Add(f.Value)
							if i == 0 && free == nil && !done[f] {
								free = f
							}
						}
					}
					if i == 0 {
						rest = c.Value.Sub(sum)
					}
					agrees = agrees || sum.Equal(c.Value)
				}
				if agrees || free == nil {
					continue
				}
				free.Value = rest.Add(free.Value)
				done[free] = true
				if len(c.Rows) == 1 || len(claims) == 1 {
					slip[free] = c.Rule
				}
			}
			count := func(rule string) int {
				n := 0
				for _, f := range Run(r) {
					if f.Severity == finding.Warning && strings.HasPrefix(f.Rule, "N") && f.Rule < "N4" && (rule == "" || f.Rule == rule) {
						n++
					}
				}
				return n
			}
			reports++
			if n := count(""); n > 0 {
				alarms += n
				t.Logf("%d false alarms: %s", n, p.Text)
			}
			for f, rule := range slip {
				before := count(rule)
				f.Value = f.Value.Add(report.Int(1))
				planted++
				if count(rule) > before {
					seen++
				} else {
					t.Logf("%s not found: %s", rule, p.Text)
				}
				f.Value = f.Value.Sub(report.Int(1))
			}
		}
	}
	t.Logf("%d reports: %d false alarms; %d slips planted, %d found", reports, alarms, planted, seen)
	if alarms*60 > reports || seen*10 < planted*9 {
		t.Errorf("%d false alarms in %d reports, %d slips of %d found", alarms, reports, seen, planted)
	}
}
