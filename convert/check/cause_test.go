package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// told is what is said of a report: each finding that follows from another behind it,
// with <, and behind a finding where the fault seems to lie.
func told(found []finding.Finding) []string {
	var lines []string
	for _, g := range finding.Groups(found) {
		if g.Cause.Rule == "R404" {
			continue
		}
		line := g.Cause.Rule + " " + g.Cause.Path.String()
		for _, f := range g.Consequences {
			line += " < " + f.Rule + " " + f.Path.String()
		}
		line = strings.NewReplacer("applications.", "", "natural_person", "person", "processed_total", "processed").Replace(line)
		if s := g.Cause.Slip; s != nil {
			for _, c := range s.Cells {
				line += " ! " + c.Name()
			}
			if !s.Expected.IsZero() {
				line += "=" + s.Expected.String()
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// figures changes figures of applications: granted.total=7.
func figures(t testing.TB, r *report.Report, changes string) {
	t.Helper()
	for _, c := range strings.Fields(changes) {
		at, v, _ := strings.Cut(strings.NewReplacer("person", "natural_person", "processed", "processed_total").Replace(c), "=")
		row, column, _ := strings.Cut(at, ".")
		set(t, r, "applications", row, column, number(t, v))
	}
}

// summed makes all totals what their parts add up to, as formulas would.
func summed(r *report.Report) {
	t := r.Table("applications")
	processed := t.Row("processed_total")
	for i := range processed.Figures {
		var sum report.Number
		for _, row := range t.Rows {
			if !slices.Contains([]string{"new_received", "carried_in", "processed_total", "carried_out"}, row.Key) {
				sum = sum.Add(row.Figures[i].Value)
			}
		}
		processed.Figures[i].Value = sum
	}
	for _, row := range t.Rows {
		var sum report.Number
		for i := range row.Figures[:len(row.Figures)-1] {
			sum = sum.Add(row.Figures[i].Value)
		}
		row.Figures[len(row.Figures)-1].Value = sum
	}
}

// In the sample a figure of applications stands in B (person), C (business) … H (total),
// new_received in row 2, granted in 4, partly_granted in 5, processed_total in 25.
func TestBecause(t *testing.T) {
	const text = "本年新收申请26件。予以公开6件，部分公开8件，共办结25件。结转下年度继续办理2件。"
	for _, c := range []struct {
		name     string
		change   string
		formulas bool // totals are the sums of what was changed
		text     string
		want     []string
	}{
		{"a wrong total", "granted.total=7", false, text,
			[]string{"A101 granted.total < A102 processed.total < N103 granted.total ! H4=6"}},
		{"the cell where row and column meet", "granted.person=7", false, text,
			[]string{"A101 granted.total < A102 processed.person ! B4=6"}},
		{"a figure that formulas added up", "granted.person=7", true, text,
			[]string{"A103 *.person < A103 *.total < N103 granted.total < N104 processed.total ! B4=6"}},
		{"without the text it may be any of the column", "granted.person=7", true, "",
			[]string{"A103 *.person < A103 *.total"}},
		{"a wrong total of a column", "processed.person=24 processed.total=24", false, "",
			[]string{"A102 processed.person < A102 processed.total < A103 *.person < A103 *.total ! B25=25"}},
		{"two columns of formulas", "granted.business=1 carried_in.research=2", true, "",
			[]string{"A103 *.business < A103 *.total", "A103 *.research"}},
		{"the total of a column where two rows fail", "granted.total=7 partly_granted.total=10", false, "",
			[]string{"A101 granted.total < A102 processed.total", "A101 partly_granted.total"}},

		{"two figures exchanged", "granted.person=8 partly_granted.person=6", false, text,
			[]string{"A101 granted.total < A101 partly_granted.total ! B4 ! B5"}},
		{"two totals exchanged", "granted.total=8 partly_granted.total=6", false, text,
			[]string{"A101 granted.total < A101 partly_granted.total < N103 granted.total < N103 partly_granted.total ! H4 ! H5"}},
		{"two figures exchanged beside the text alone", "granted.person=8 partly_granted.person=6", true, text,
			[]string{"N103 granted.total < N103 partly_granted.total ! B4 ! B5"}},
		{"two columns exchanged", "granted.person=0 granted.business=6", false, "",
			[]string{"A102 processed.person < A102 processed.business ! B4 ! C4"}},
		{"a row too low", "partly_granted.person=0 denied_state_secret.person=8", false, text,
			[]string{"A101 partly_granted.total < A101 denied_state_secret.total ! B5 ! B6"}},
		{"a column a row too low", "granted.person=0 partly_granted.person=6 denied_state_secret.person=8", false, text,
			[]string{"A101 granted.total < A101 partly_granted.total < A101 denied_state_secret.total ! B4 ! B5 ! B6"}},
		{"counted in another row", "granted.person=5 partly_granted.person=9", false, text,
			[]string{"A101 granted.total < A101 partly_granted.total ! B4 ! B5"}},

		{"a figure counted twice over, and a total", "denied_state_secret.person=1 processed.person=24", false, "",
			[]string{"A101 denied_state_secret.total", "A101 processed.total < A103 *.person ! B25=25", "A102 processed.person"}},
		{"a total of a row, and the total of totals", "granted.total=7 processed.total=24", false, "",
			[]string{"A101 granted.total", "A101 processed.total < A103 *.total ! H25=25", "A102 processed.total"}},
		{"a total of a row that the total of totals adds up", "granted.total=7 processed.total=26", false, "",
			[]string{"A101 granted.total < A101 processed.total < A103 *.total ! H4=6"}},

		// Near misses: what does not fit to the last unit is a fault of its own.
		{"row and column off by different amounts", "granted.person=7 partly_granted.business=2", false, text,
			[]string{"A101 granted.total < A102 processed.person ! B4=6", "A101 partly_granted.total < A102 processed.business ! C5=0"}},
		{"a second fault beside a wrong total", "granted.total=7 carried_out.total=4", false, text,
			[]string{"A101 granted.total < A102 processed.total < N103 granted.total ! H4=6", "A101 carried_out.total < A103 *.total < N105 carried_out.total ! H26=2"}},
		{"a text that is wrong by something else", "granted.total=7", false, strings.Replace(text, "公开6件", "公开5件", 1),
			[]string{"A101 granted.total < A102 processed.total ! H4=6", "N103 granted.total"}},
		{"rows off by amounts that are not opposite", "granted.person=8 partly_granted.person=7", false, text,
			[]string{"A101 granted.total", "A101 partly_granted.total", "A102 processed.person"}},
		{"a text alone", "", false, strings.Replace(text, "公开6件", "公开5件", 1), []string{"N103 granted.total"}},
		{"two texts that have nothing to do with each other", "", false, strings.NewReplacer("公开6件", "公开5件", "继续办理2件", "继续办理3件").Replace(text),
			[]string{"N103 granted.total", "N105 carried_out.total"}},
		{"a figure that would have to be less than none", "granted.business=1 granted.total=7 other_rest.total=0", false, "",
			[]string{"A101 other_rest.total", "A102 processed.business"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := sample(t)
			figures(t, r, c.change)
			if c.formulas {
				summed(r)
			}
			if c.text != "" {
				setText(r, "overview", c.text)
			}
			found := Run(r)
			briefs(t, found) // which are worded in both languages
			if d := cmp.Diff(c.want, told(found)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(told(found), told(Because(r, found))); d != "" {
				t.Errorf("said again:\n%s", d)
			}
		})
	}
}

// Figures that were read with doubt come before what does not add up because of them.
func TestBecauseOfDoubt(t *testing.T) {
	note := func(kind report.NoteKind, at, text, read string) func(*report.Report) {
		return func(r *report.Report) {
			p := path("applications." + at)
			r.Notes = append(r.Notes, report.Note{Kind: kind, Path: p, Cells: []report.Cell{r.At(p).Cell}, Text: text, Read: read})
		}
	}
	const text = "予以公开6件，办结25件。"
	for _, c := range []struct {
		name   string
		change string
		note   func(*report.Report)
		want   []string
	}{
		{"a text that formulas pass over", "granted.total=0 processed.person=19 processed.total=19", note(report.TextNumber, "granted.natural_person", "6件", "6"),
			[]string{"R208 granted.person < A101 granted.total < A102 processed.person < A103 *.person < A103 *.total < N103 granted.total < N104 processed.total ! B4"}},
		{"a text and a total that is wrong by something else", "granted.total=1", note(report.TextNumber, "granted.natural_person", "6件", "6"),
			[]string{"R208 granted.person", "A101 granted.total < A102 processed.total < N103 granted.total ! H4=6"}},
		{"a text that was counted", "", note(report.TextNumber, "granted.natural_person", "6件", "6"), []string{"R208 granted.person"}},
		{"a fraction that formulas added up", "granted.person=6.5 granted.total=6.5 processed.person=25.5 processed.total=25.5", nil,
			[]string{"R203 granted.person < R203 granted.total < R203 processed.person < R203 processed.total < A103 *.person < A103 *.total < N103 granted.total < N104 processed.total"}},
		{"a fraction beside a total that was typed", "granted.person=6.5", nil,
			[]string{"R203 granted.person < A101 granted.total < A102 processed.person"}},
		{"a fraction that is not what makes the column wrong", "granted.person=6.5 processed.person=24.7", nil,
			[]string{"R203 granted.person < A101 granted.total", "R203 processed.person < A101 processed.total < A102 processed.person < A103 *.person"}},
		{"a negative figure", "granted.person=-6", nil, []string{"R202 granted.person < A101 granted.total < A102 processed.person"}},
		{"a result that is out of date", "granted.total=5", note(report.Outdated, "granted.total", "5", "6"),
			[]string{"R209 granted.total < A101 granted.total < A102 processed.total < N103 granted.total"}},
		{"a result that is out of date and wrong when computed", "granted.total=5", note(report.Outdated, "granted.total", "5", "7"),
			[]string{"R209 granted.total", "A101 granted.total < A102 processed.total < N103 granted.total ! H4=6"}},
		{"an error that formulas take over", "", func(r *report.Report) {
			for _, at := range []string{"granted.natural_person", "granted.total", "processed_total.total"} {
				note(report.SpreadsheetError, at, "#REF!", "")(r)
				r.At(path("applications." + at)).Value = report.Number{}
			}
		}, []string{"R206 granted.person < R206 granted.total", "R206 processed.total"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := sample(t)
			setText(r, "overview", text)
			figures(t, r, c.change)
			if c.note != nil {
				c.note(r)
			}
			found := Run(r)
			briefs(t, found)
			if d := cmp.Diff(c.want, told(found)); d != "" {
				t.Error(d)
			}
		})
	}
}

// What last year's report says follows from a slip of this one, or from what it says of
// a part.
func TestBecauseOfOtherReports(t *testing.T) {
	last := sample(t)
	last.Year = 2023
	figures(t, last, "carried_out.person=1 carried_out.total=1")
	set(t, last, "disclosure", "normative_documents", "in_force", report.Int(10))
	for _, c := range []struct {
		name, change string
		want         []string
	}{
		{"a slip", "carried_in.person=3", []string{"A101 carried_in.total < A103 *.person < Y101 carried_in.person ! B3=1"}},
		{"a total of what disagrees", "carried_in.person=2 carried_in.total=2 carried_out.person=3 carried_out.total=3", []string{"Y101 carried_in.person < Y101 carried_in.total"}},
		{"one digit too many", "granted.person=66", []string{"A101 granted.total < A102 processed.person < Y103 granted.person ! B4=6"}},
		{"a total that disagrees by something else", "carried_in.business=1 carried_in.total=3 carried_out.business=1 carried_out.total=4",
			[]string{"A101 carried_in.total", "A101 carried_out.total", "Y101 carried_in.business", "Y101 carried_in.total"}},
	} {
		r := sample(t)
		figures(t, r, c.change)
		found := Because(r, append(Run(r), Against(r, last)...))
		found = slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Rule == "Y104" })
		if d := cmp.Diff(c.want, told(found)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// What a slip names sets right all that is said to follow, and less than that does not.
func TestSlipsCorrected(t *testing.T) {
	for _, c := range []struct {
		change string
		want   []string
	}{
		{"granted.total=6 processed.total=25", nil},
		{"granted.total=6 processed.total=26", []string{"A101 processed.total < A102 processed.total < A103 *.total ! H25=25"}},
		{"processed.person=25 processed.total=25", nil},
		{"processed.person=25 processed.total=24", []string{"A101 processed.total < A102 processed.total < A103 *.total ! H25=25"}},
	} {
		r := sample(t)
		figures(t, r, c.change)
		if d := cmp.Diff(c.want, told(Run(r))); d != "" {
			t.Errorf("%s: %s", c.change, d)
		}
	}
}

func TestSlipsInWords(t *testing.T) {
	for _, c := range []struct{ change, want string }{
		{"granted.total=7", "“（一）予以公开”一行合计不符：“总计”（H4）填7，各分项合计为6，相差1。很可能是“予以公开”一行“总计”（H4）填错：改为6，这几处就都相符"},
		{"granted.person=7", "“（一）予以公开”一行合计不符：“总计”（H4）填6，各分项合计为7，相差1。很可能是“予以公开”一行“自然人”（B4）填错：现为7，改为6，这几处就都相符"},
		{"granted.total=7 processed.total=26", "“（一）予以公开”一行合计不符：“总计”（H4）填7，各分项合计为6，相差1。很可能是“予以公开”一行“总计”（H4）填错：改为6，“总计”一行“总计”（H25）也随之为25，这几处就都相符"},
		{"granted.person=5 partly_granted.person=9", "“（一）予以公开”一行合计不符：“总计”（H4）填6，各分项合计为5，相差1。可能有1件应计入“予以公开”一行“自然人”（B4），却计入了“部分公开”一行“自然人”（B5）"},
	} {
		r := sample(t)
		setText(r, "overview", "本年新收申请26件。予以公开6件，部分公开8件，共办结25件。主动公开、信息管理、平台建设、监督保障都有进展。")
		figures(t, r, c.change)
		if got := Run(r)[0].Says(message.Chinese); got != c.want {
			t.Errorf("%s: %s", c.change, got)
		}
	}
}
