package annotation

import (
	"slices"
	"strings"
	"testing"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

func cell(name string) report.Cell {
	c, err := report.ParseCell("三!" + name)
	if err != nil {
		panic(err)
	}
	return c
}

func cells(names string) []report.Cell {
	var all []report.Cell
	for _, n := range strings.Fields(names) {
		all = append(all, cell(n))
	}
	return all
}

func noRule(string) (finding.Rule, bool) { return finding.Rule{}, false }

// slipped is a row that does not add up since one of its figures is wrong, with what
// follows, and a finding that has nothing to do with it.
func slipped() []finding.Finding {
	at := report.Path{Table: "applications", Row: "granted", Column: "total"}
	because := &finding.Cause{Rule: "A101", Path: at}
	figure := func(n int64) finding.Value { return finding.Figure(report.Int(n)) }
	return []finding.Finding{
		{Rule: "N402", Severity: finding.Warning, Cells: cells("A4"), Message: message.New("N402")},
		{Rule: "A101", Severity: finding.Error, Path: at, Cells: cells("J8 D8 E8 F8 G8 H8 I8"), Expected: figure(7), Actual: figure(6), Message: message.New("A.total.row"),
			Slip: &finding.Slip{Cells: cells("D8"), Expected: figure(6), Actual: figure(7), Message: message.New("slip.this")}},
		{Rule: "A102", Severity: finding.Error, Path: report.Path{Table: "applications", Row: "processed_total", Column: "natural_person"},
			Cells: cells("D29 D8 D9 D10 D11"), Expected: figure(26), Actual: figure(25), Message: message.New("A.total.column", "自然人"), Because: because},
		{Rule: "N103", Severity: finding.Warning, Cells: cells("A4 D8"), Message: message.New("N.one"), Because: because},
	}
}

// The cell that seems to be wrong comes first, in the full colour and with its own figures;
// what it is one part of, and what follows, is paler.
func TestSlip(t *testing.T) {
	marks := ErrorsFirst(Of("", slipped(), noRule))
	var got []string
	for _, m := range marks {
		line := m.Rule
		for _, p := range m.Places() {
			line += " " + p.Cell.Name() + " " + p.Fill
		}
		got = append(got, line)
	}
	want := []string{"A101 D8 FF9999 J8 FFDDDD", "A102 D29 FFDDDD", "N103 A4 FFF2CC D8 FFF2CC", "N402 A4 FFD966"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if m := marks[0]; m.Detail != "应填数 6，填报数 7" || m.Follows || !strings.Contains(m.Places()[0].Comment, "应填数 6") || strings.Contains(m.Places()[1].Comment, "应填数") {
		t.Errorf("%+v", m)
	}
	if m := marks[1]; !m.Follows || !strings.Contains(m.Advice, "改正后即消除") || m.Detail+m.Expected+m.Actual != "" {
		t.Errorf("%+v", m)
	}
	if errors, warnings := Count(marks); errors != 2 || warnings != 2 {
		t.Errorf("%d errors, %d warnings", errors, warnings)
	}
}

// A hint that an error follows from is marked as the cause of it and counted as neither;
// one by itself is not marked.
func TestHint(t *testing.T) {
	hint := finding.Finding{Rule: "R208", Severity: finding.Info, Path: report.Path{Table: "applications"}, Cells: cells("D8"), Message: message.New("R208")}
	wrong := finding.Finding{Rule: "A101", Severity: finding.Error, Cells: cells("J8"), Message: message.New("A.total.row"), Because: &finding.Cause{Rule: "R208", Path: hint.Path}}
	if marks := Of("", []finding.Finding{hint}, noRule); len(marks) != 0 {
		t.Errorf("%+v", marks)
	}
	marks := Of("", []finding.Finding{hint, wrong}, noRule)
	if len(marks) != 2 || !marks[0].Hint || marks[0].Places()[0].Fill != ErrorFill || marks[1].Places()[0].Fill != ErrorFillPale || !strings.HasPrefix(marks[0].Places()[0].Comment, "【提示 R208】") {
		t.Errorf("%+v", marks)
	}
	if errors, warnings := Count(marks); errors != 1 || warnings != 0 {
		t.Errorf("%d errors, %d warnings", errors, warnings)
	}
	wrong.Because = nil // whose cause was left out
	if marks := Of("", []finding.Finding{wrong}, noRule); marks[0].Places()[0].Fill != ErrorFill {
		t.Errorf("%+v", marks)
	}
}
