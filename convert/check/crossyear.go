package check

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// Against checks a report against the one of the same organization for the year
// before: the rules Y, in order of rule and form. The caller has to find
// that report. What only one of two forms has is not compared. All cells are
// those of r. Like [Run], Against panics when a report's form is not known.
func Against(r, last *report.Report) []finding.Finding {
	now, before := newSubject(r), newSubject(last)
	found := now.carriedOver(before)
	found = append(found, now.stillInForce(before)...)
	found = append(found, now.jumps(before)...)
	return append(found, now.repeated(before)...)
}

// figure is the figure at a path with what it counts as. It is not ok when it was
// not found, could not be read or is blank.
func (s *subject) figure(p report.Path) (f *report.Figure, v report.Number, ok bool) {
	f = s.full.At(p)
	v, ok = s.sum([]*report.Figure{f})
	return f, v, ok
}

// likeRow is the key of the row in another form's table that is for the same: by its
// key, else by its label.
func likeRow(t *form.Table, row form.Row) string {
	rows := t.Rows()
	for _, r := range rows {
		if r.Key == row.Key {
			return r.Key
		}
	}
	for _, r := range rows {
		if form.Bare(r.Label) == form.Bare(row.Label) {
			return r.Key
		}
	}
	return ""
}

// likeColumn is likeRow for a column.
func likeColumn(t *form.Table, column form.Column) string {
	if t == nil {
		return ""
	}
	columns := t.Rows()[0].Columns
	for _, c := range columns {
		if c.Key == column.Key {
			return c.Key
		}
	}
	for _, c := range columns {
		if c.Label == column.Label {
			return c.Key
		}
	}
	return ""
}

// carriedOver is Y101.
func (s *subject) carriedOver(last *subject) []finding.Finding {
	var found []finding.Finding
	ft, lastForm := s.form.TableOf(form.Applications), last.form.TableOf(form.Applications)
	for _, row := range ft.RowsOf(form.CarriedIn) {
		for _, c := range row.Columns {
			path := report.Path{Table: ft.Key, Row: row.Key, Column: c.Key}
			fig, now, ok := s.figure(path)
			was, before, okBefore := last.figure(report.Path{Table: lastForm.Key, Row: lastForm.RowOf(form.CarriedOut), Column: likeColumn(lastForm, c)})
			if !ok || !okBefore || now.Equal(before) {
				continue
			}
			found = append(found, newFinding("Y101", path, []report.Cell{fig.Cell}, before, now,
				message.New("Y101", nameOf(s.form, path), at(fig.Cell), now, last.Year, at(was.Cell), before)))
		}
	}
	return found
}

// stillInForce is Y102.
func (s *subject) stillInForce(last *subject) []finding.Finding {
	t, before := s.form.TableOf(form.Disclosure), last.form.TableOf(form.Disclosure)
	issued, repealed, inForce := t.ColumnOf(form.Issued), t.ColumnOf(form.Repealed), t.ColumnOf(form.InForce)
	wasInForce := before.ColumnOf(form.InForce)
	if inForce == "" || wasInForce == "" {
		return nil
	}
	var found []finding.Finding
	for _, row := range t.Rows() {
		path := report.Path{Table: t.Key, Row: row.Key, Column: inForce}
		fig, now, ok := s.figure(path)
		_, was, okBefore := last.figure(report.Path{Table: before.Key, Row: likeRow(before, row), Column: wasInForce})
		fr := s.full.Table(t.Key).Row(row.Key)
		added, gone := fr.Figure(issued), fr.Figure(repealed)
		if !ok || !okBefore || added == nil || gone == nil || added.Value.Blank() || gone.Value.Blank() {
			continue
		}
		expected := was.Add(added.Value).Sub(gone.Value)
		if now.Equal(expected) {
			continue
		}
		found = append(found, newFinding("Y102", path, []report.Cell{fig.Cell, added.Cell, gone.Cell}, expected, now,
			message.New("Y102", nameOf(s.form, path), at(fig.Cell), now, last.Year, was, added.Value, gone.Value, expected)))
	}
	return found
}

// jumps is Y103. A total of figures that jumped says nothing more and is left out.
func (s *subject) jumps(last *subject) []finding.Finding {
	const least, times = 20, 5
	var found []finding.Finding
	for _, t := range s.full.Tables {
		jumped := map[report.Path]bool{}
		var here []finding.Finding
		for _, row := range t.Rows {
			for _, f := range row.Figures {
				fig, now, ok := s.figure(report.Path{Table: t.Key, Row: row.Key, Column: f.Column})
				_, before, okBefore := last.figure(report.Path{Table: t.Key, Row: row.Key, Column: f.Column})
				small, large := now, before
				if large.Decimal().LessThan(small.Decimal()) {
					small, large = large, small
				}
				d := small.Decimal()
				if !ok || !okBefore || large.Decimal().LessThan(decimal.NewFromInt(least)) || large.Decimal().LessThan(d.Mul(decimal.NewFromInt(times))) {
					continue
				}
				path := report.Path{Table: t.Key, Row: row.Key, Column: f.Column}
				jumped[path] = true
				here = append(here, newFinding("Y103", path, []report.Cell{fig.Cell}, "", now,
					message.New("Y103", nameOf(s.form, path), at(fig.Cell), now, last.Year, before)))
			}
		}
		ft := s.form.Table(t.Key)
		found = append(found, slices.DeleteFunc(here, func(f finding.Finding) bool {
			return slices.ContainsFunc(ft.Parts(f.Path.Row, f.Path.Column), func(p report.Path) bool { return jumped[p] })
		})...)
	}
	return found
}

// The text counts as last year's when half of it is. A paragraph does when most of
// it is, numbers aside; one of few words says nothing either way.
const (
	repeatedText      = 0.5
	repeatedParagraph = 0.8
	fewWords          = 20
)

// repeated is Y104.
func (s *subject) repeated(last *subject) []finding.Finding {
	var texts [][]rune
	n := 0
	for _, p := range last.passages() {
		w := bareWords(p.Text)
		texts = append(texts, w)
		n += len(w)
	}
	old := make(pieces, n)
	for _, w := range texts {
		old.add(w)
	}
	all, same, paragraphs, repeated := 0, 0, 0, 0
	var longest report.Paragraph
	var cells []report.Cell
	most := 0
	for _, p := range s.passages() {
		w := bareWords(p.Text)
		if len(w) < fewWords || standardOpening(w) {
			continue
		}
		all += len(w)
		paragraphs++
		if old.shareOf(w) < repeatedParagraph {
			continue
		}
		same += len(w)
		repeated++
		if len(w) > most {
			most, longest = len(w), p
			cells = slices.Insert(cells, 0, p.Cell)
		} else {
			cells = append(cells, p.Cell)
		}
	}
	if all == 0 || float64(same) < repeatedText*float64(all) {
		return nil
	}
	share := float64(same) / float64(all)
	plain := prose.Normalized(longest.Text)
	quote := plain.Quote(longest.Text, 0, len(plain.Runes), 0)
	return []finding.Finding{newFinding("Y104", report.Path{}, cells, "", fmt.Sprintf("%.2f", share),
		message.New("Y104", fmt.Sprintf("%.0f", 100*share), last.Year, paragraphs, repeated, quote))}
}

// crossYearRules are the rules on this year's report against last year's.
var crossYearRules = []finding.Rule{
	{
		ID: "Y101", Severity: finding.Error, Since: "0.1", Clause: form2021 + "，第三部分",
		Title:   message.Both("上年结转与上年报告不符", "Carried in is not what last year carried out"),
		Text:    message.Both("本年“上年结转”每一列都应等于上年报告“结转下年度继续办理”的同一列。", "Each column carried in is what last year's report carried out."),
		Advice:  message.Both("对照上年报告改正；上年报告有误的，在报告中说明。", "Correct it from last year's report; if that was wrong, say so in the report."),
		Formula: message.Both("本年“上年结转”＝上年“结转下年度继续办理”", "carried_in = last year's carried_out"),
		Example: message.Both("上年报告结转3件，本年“上年结转”填1件。", "Last year carried out 3; this year's carried in is 1."),
	},
	{
		ID: "Y102", Severity: finding.Error, Since: "0.1", Clause: form2021 + "，第二部分",
		Title:   message.Both("现行有效件数与上年不衔接", "In force does not follow from last year"),
		Text:    message.Both("规章、行政规范性文件的现行有效件数，应等于上年现行有效加本年制发减本年废止。", "Regulations and normative documents in force are last year's, plus issued, less repealed."),
		Advice:  message.Both("按文件清单核对三个数；上年有误的，在报告中说明。", "Check the three figures against the list of documents; if last year's was wrong, say so in the report."),
		Formula: message.Both("现行有效＝上年现行有效＋本年制发－本年废止", "in_force = last year's in_force + issued − repealed"),
		Example: message.Both("上年现行有效10件，本年制发0件、废止3件，却填8件。", "10 in force last year, 0 issued and 3 repealed this year, but 8 in force."),
	},
	{
		ID: "Y103", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("数字较上年剧增或剧减", "A figure grew or shrank fivefold"),
		Text:    message.Both("两年中较大的数不小于20，且相差五倍及以上，多为填错行列、单位或多敲一位。", "One of the two years' figures is at least 20 and one is five times the other: often a wrong cell, a wrong unit or one digit too many."),
		Advice:  message.Both("核实；确属实情的，建议在第一部分说明原因。", "Check it; where it is right, section one should say why."),
		Formula: message.Both("max≥20 且 max≥5×min", "max ≥ 20 and max ≥ 5 × min"),
		Example: message.Both("行政处罚上年120件，本年1200件。", "120 penalties last year, 1200 this year."),
	},
	{
		ID: "Y104", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("文字大部分照抄上年", "The text is largely last year's"),
		Text:    message.Both("按段比较文字部分（年份和数字之外），与上年相同的部分达到一半时提示。标准的开头语不计。", "The text is compared by paragraph, leaving out years and figures; half of it or more is the same. The standard opening does not count."),
		Advice:  message.Both("按本年度实际情况重写。", "Write what was done this year."),
		Formula: message.Both("重复段落字数÷文字部分字数≥50%", "characters of repeated paragraphs ÷ characters of the text ≥ 50%"),
		Example: message.Both("“存在的主要问题及改进情况”与上年一字不差。", "“存在的主要问题及改进情况” is last year's to the letter."),
	},
}
