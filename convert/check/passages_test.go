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

// passage is a labelled passage of testdata/narrative.
type passage struct {
	Text, Organization string
	Year               int
	Claims             []string
}

func readPassages(t *testing.T) []passage {
	t.Helper()
	files, _ := filepath.Glob("../../testdata/narrative/*.yaml")
	var all []passage
	for _, file := range files {
		if filepath.Base(file) == "frames.yaml" {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var list []passage
		if err := yaml.Unmarshal(src, &list); err != nil {
			t.Fatal(err)
		}
		all = append(all, list...)
	}
	for i := range all {
		all[i].Organization = cmp.Or(all[i].Organization, "安平县人民政府")
		all[i].Year = cmp.Or(all[i].Year, 2024)
	}
	return all
}

// reportOf is a report with the passages, whose tables have what the labels say. It
// returns the figures whose change has to be found, and the rule that has to find it.
func reportOf(t *testing.T, g *narrative.Grammar, list []passage) (*report.Report, []slip) {
	t.Helper()
	r := allZero(mustForm(t))
	r.Organization, r.Year = list[0].Organization, list[0].Year
	var texts []string
	var claims []narrative.Claim
	for _, p := range list {
		texts = append(texts, p.Text)
		for _, c := range g.Read(prose.Normalized(p.Text), r.Year, r.Organization).Claims {
			if c.Rule != "N402" && slices.Contains(p.Claims, c.Name+" "+c.Value.String()) {
				claims = append(claims, c)
			}
		}
	}
	setText(r, "overview", texts...)
	// What can mean one sum only comes first, and of these what has the fewest rows.
	slices.SortStableFunc(claims, func(a, b narrative.Claim) int {
		return cmp.Or(len(a.Rows)-len(b.Rows), len(a.Rows[0])-len(b.Rows[0]), len(b.Columns[0])-len(a.Columns[0]))
	})
	var slips []slip
	done := map[*report.Figure]bool{}
	for _, c := range claims {
		agrees := false
		var rest report.Number
		var free *report.Figure
		for _, rows := range c.Rows {
			var sum report.Number
			var open *report.Figure
			for _, row := range rows {
				for _, column := range c.Columns {
					f := r.Figure(c.Table, row, column)
					sum = sum.Add(f.Value)
					if open == nil && !done[f] {
						open = f
					}
				}
			}
			if free == nil && open != nil {
				free, rest = open, c.Value.Sub(sum)
			}
			agrees = agrees || sum.Equal(c.Value)
		}
		if free == nil || agrees && !c.Value.Equal(report.Int(0)) {
			continue
		}
		free.Value = rest.Add(free.Value)
		done[free] = true
		if len(c.Rows) == 1 || len(claims) == 1 {
			slips = append(slips, slip{free, c.Rule})
		}
	}
	return r, slips
}

type slip struct {
	figure *report.Figure
	rule   string
}

// seen plants a slip and reports whether it is found.
func (s slip) seen(r *report.Report) bool {
	before := disagreements(r, s.rule)
	value := s.figure.Value
	s.figure.Value = value.Add(report.Int(1))
	defer func() { s.figure.Value = value }()
	return disagreements(r, s.rule) > before
}

// disagreements counts the findings of a rule, or of all rules N1 to N3.
func disagreements(r *report.Report, rule string) int {
	n := 0
	for _, f := range Run(r) {
		if f.Severity == finding.Warning && strings.HasPrefix(f.Rule, "N") && f.Rule < "N4" && (rule == "" || f.Rule == rule) {
			n++
		}
	}
	return n
}

// TestPassagesInReports puts labelled passages into reports whose tables have what the
// labels say, so that every finding of the rules N1 to N3 is a false alarm, and then
// changes one figure of the tables at a time, which has to be found.
func TestPassagesInReports(t *testing.T) {
	g := narrative.For(mustForm(t))
	alarms, planted, seen, reports := 0, 0, 0, 0
	for _, p := range readPassages(t) {
		r, slips := reportOf(t, g, []passage{p})
		reports++
		if n := disagreements(r, ""); n > 0 {
			alarms += n
			t.Logf("%d false alarms: %s", n, p.Text)
		}
		for _, s := range slips {
			planted++
			if s.seen(r) {
				seen++
			} else {
				t.Logf("%s not found: %s", s.rule, p.Text)
			}
		}
	}
	t.Logf("%d reports: %d false alarms; %d slips planted, %d found", reports, alarms, planted, seen)
	if alarms*60 > reports || seen*10 < planted*9 {
		t.Errorf("%d false alarms in %d reports, %d slips of %d found", alarms, reports, seen, planted)
	}
}

// matters are what passages of one report may not speak of twice, for their figures
// would contradict one another.
var matters = [][]string{
	{"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"},
	{"规章", "行政规范性文件"},
	{""}, // all else is about applications
}

func matterOf(claim string) int {
	return slices.IndexFunc(matters, func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(claim, n) })
	})
}

// TestWholeReports makes reports of passages of all matters, with three times as many
// that say nothing of the tables. 60 have tables that agree: no more than one false
// alarm. In 60 others one figure is changed: at least 54 are found.
func TestWholeReports(t *testing.T) {
	g := narrative.For(mustForm(t))
	var ofMatter [3][]passage
	var silent []passage
	for _, p := range readPassages(t) {
		if p.Organization != "安平县人民政府" || p.Year != 2024 {
			continue
		}
		in := map[int]bool{}
		for _, c := range p.Claims {
			in[matterOf(c)] = true
		}
		switch len(in) {
		case 0:
			silent = append(silent, p)
		case 1:
			m := matterOf(p.Claims[0])
			ofMatter[m] = append(ofMatter[m], p)
		}
	}
	const reports = 60
	alarms, found := 0, 0
	for i := range 2 * reports {
		var list []passage
		for m, ps := range ofMatter {
			list = append(list, ps[(i*7+m)%len(ps)])
		}
		for k := range 9 {
			list = append(list, silent[(i*9+k)%len(silent)])
		}
		// What speaks of the tables stands among what does not.
		for k := range ofMatter {
			list[k], list[k*3+2] = list[k*3+2], list[k]
		}
		r, slips := reportOf(t, g, list)
		if i < reports {
			if n := disagreements(r, ""); n > 0 {
				alarms += n
				t.Logf("report %d: %d false alarms", i, n)
			}
			continue
		}
		if len(slips) > 0 && slips[i%len(slips)].seen(r) {
			found++
			continue
		}
		t.Logf("report %d: a change is not found", i)
	}
	t.Logf("%d reports: %d false alarms; %d others with a slip: %d found", reports, alarms, reports, found)
	if alarms > 1 || found < 54 {
		t.Errorf("%d false alarms in %d reports, %d slips of %d found", alarms, reports, found, reports)
	}
}
