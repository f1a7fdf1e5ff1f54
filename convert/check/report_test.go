package check

import (
	"strings"
	"testing"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// The figures of a real report (Yingshan county, 2024) that are not 0. Natural
// persons are its only applicants, so that the column total is theirs.
var (
	applicationFigures = map[string]int64{
		"new_received": 26, "carried_in": 1, "granted": 6, "partly_granted": 8,
		"unavailable_not_held": 4, "rejected_reconfirmation": 2, "other_fee_unpaid": 4, "other_rest": 1,
		"processed_total": 25, "carried_out": 2,
	}
	otherFigures = map[string]int64{
		"disclosure.normative_documents.repealed": 3, "disclosure.normative_documents.in_force": 7,
		"disputes.reconsideration.upheld": 2, "disputes.reconsideration.total": 2,
		"disputes.litigation_direct.upheld": 1, "disputes.litigation_direct.total": 1,
	}
)

func mustForm(t testing.TB) *form.Form {
	t.Helper()
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// sample is a report of form 2021 that nothing is wrong with: every figure is
// given and has a cell of its own, on a sheet named after its table.
func sample(t testing.TB) *report.Report {
	t.Helper()
	r := mustForm(t).Blank()
	r.Year = 2024
	r.Organization = "营山县人民政府办公室"
	r.Title = "营山县人民政府办公室2024年政府信息公开工作年度报告"
	for i := range r.Tables {
		tab := &r.Tables[i]
		tab.Found = true
		tab.Cell = report.Cell{Sheet: tab.Key, Row: 1, Column: 1}
		for j := range tab.Rows {
			row := &tab.Rows[j]
			row.Label = report.Cell{Sheet: tab.Key, Row: j + 2, Column: 1}
			for k := range row.Figures {
				fig := &row.Figures[k]
				fig.Cell = report.Cell{Sheet: tab.Key, Row: j + 2, Column: k + 2}
				fig.Value = report.Int(otherFigures[report.Path{Table: tab.Key, Row: row.Key, Column: fig.Column}.String()])
				if tab.Key == "applications" && (fig.Column == "natural_person" || fig.Column == "total") {
					fig.Value = report.Int(applicationFigures[row.Key])
				}
			}
		}
	}
	setText(r, "overview", "本年度按照要求推进主动公开、依申请公开、信息管理、平台建设和监督保障各项工作。")
	setText(r, "problems", "主动公开的内容更新不够及时，下一步将明确专人负责，每月自查一次。")
	setText(r, "other", "本年度没有收取信息处理费。")
	return r
}

// setText replaces the paragraphs of a section. They stand one below the other on
// a sheet named after it.
func setText(r *report.Report, section string, paragraphs ...string) {
	s := r.Section(section)
	s.Found = true
	s.Heading = report.Cell{Sheet: section, Row: 1, Column: 1}
	s.Paragraphs = nil
	for i, p := range paragraphs {
		s.Paragraphs = append(s.Paragraphs, report.Paragraph{Text: p, Cell: report.Cell{Sheet: section, Row: i + 2, Column: 1}})
	}
}

// set changes the figure at a path and returns its cell.
func set(t testing.TB, r *report.Report, table, row, column string, v report.Number) report.Cell {
	t.Helper()
	f := r.Figure(table, row, column)
	if f == nil {
		t.Fatalf("no figure %s.%s.%s", table, row, column)
	}
	f.Value = v
	return f.Cell
}

// brief is what most tests compare: a finding without its message.
type brief struct {
	Rule     string
	Severity finding.Severity
	Path     string
	Cells    string // all of them, "Sheet!A1 Sheet!B2"
	Expected string
	Actual   string
}

// briefs also sees to it that every finding that a test makes has its message in
// both languages.
func briefs(t testing.TB, found []finding.Finding) []brief {
	t.Helper()
	var out []brief
	for _, f := range found {
		zh, en := f.Message.In(message.Chinese), f.Message.In(message.English)
		if zh == en || zh == "" || en == "" || strings.ContainsAny(zh+en, "{}") || strings.Contains(zh+en, "%!") {
			t.Errorf("%s: message %q: %q, %q", f.Rule, f.Message.Key, zh, en)
		}
		if f.Rule == "R404" { // what section one lacks is tested by itself
			continue
		}
		b := brief{Rule: f.Rule, Severity: f.Severity, Path: f.Path.String(), Expected: f.Expected.String(), Actual: f.Actual.String()}
		for i, c := range f.Cells {
			if i > 0 {
				b.Cells += " "
			}
			b.Cells += c.String()
		}
		out = append(out, b)
	}
	return out
}
