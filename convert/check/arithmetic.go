package check

import (
	"iter"
	"slices"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// arithmetic checks the identities (勾稽关系) that the form lists, in its order.
func (s *subject) arithmetic() []finding.Finding {
	var found []finding.Finding
	for i := range s.full.Tables {
		t := &s.full.Tables[i]
		ft := s.form.Table(t.Key)
		if ft == nil {
			continue
		}
		for _, id := range ft.Identities {
			for l := range lines(t, id) {
				found = s.identity(found, id, l)
			}
		}
	}
	return found
}

// line is a row or a column of a table with the figures of an identity. Those that the
// report does not have are nil.
type line struct {
	left, right []*report.Figure
	path        func(key string) report.Path // of the figure that a key of the identity names
}

// lines are the rows or columns of a table that an identity holds in. The figures of one
// are valid until the next.
func lines(t *report.Table, id form.Identity) iter.Seq[line] {
	left, right := make([]*report.Figure, len(id.Left)), make([]*report.Figure, len(id.Right))
	if id.Each == form.EachRow {
		return func(yield func(line) bool) {
			for i := range t.Rows {
				row := &t.Rows[i]
				for k, key := range id.Left {
					left[k] = row.Figure(key)
				}
				for k, key := range id.Right {
					right[k] = row.Figure(key)
				}
				if !yield(line{left, right, func(key string) report.Path { return report.Path{Table: t.Key, Row: row.Key, Column: key} }}) {
					return
				}
			}
		}
	}
	rows := func(keys []string) []*report.Row {
		rows := make([]*report.Row, len(keys))
		for i, k := range keys {
			rows[i] = t.Row(k)
		}
		return rows
	}
	leftRows, rightRows := rows(id.Left), rows(id.Right)
	return func(yield func(line) bool) {
		if leftRows[0] == nil {
			return
		}
		for i := range leftRows[0].Figures {
			column := leftRows[0].Figures[i].Column
			for k, row := range leftRows {
				left[k] = row.Figure(column)
			}
			for k, row := range rightRows {
				right[k] = row.Figure(column)
			}
			if !yield(line{left, right, func(key string) report.Path { return report.Path{Table: t.Key, Row: key, Column: column} }}) {
				return
			}
		}
	}
}

// identity adds a finding when the two sides differ. It says nothing when a
// figure was not found or could not be read, when a whole side is blank, and when
// a single figure on the left, which is the total of the right, is blank.
func (s *subject) identity(found []finding.Finding, id form.Identity, of line) []finding.Finding {
	left, right, path := of.left, of.right, of.path
	l, ok := s.sum(left)
	if !ok {
		return found
	}
	r, ok := s.sum(right)
	if !ok || l.Equal(r) {
		return found
	}
	if _, filled := s.total[left[0]]; filled && len(left) == 1 {
		return found
	}
	var cells []report.Cell
	for _, f := range slices.Concat(left, right) {
		cells = append(cells, f.Cell)
	}
	difference := report.Decimal(l.Sub(r).Decimal().Abs())

	if len(left) == 1 {
		p := path(id.Left[0])
		each, total := s.namesAlong(p, id.Each)
		return append(found, newFinding(id.Rule, p, cells, r, l,
			message.New("A.total."+id.Each, each, total, at(left[0].Cell), shown(l), shown(r), shown(difference))))
	}
	each, _ := s.namesAlong(path(id.Left[0]), id.Each)
	return append(found, newFinding(id.Rule, path(report.Any), cells, l, r,
		message.New("A.balance."+id.Each, each, s.side(id.Left, left, id.Each, path), shown(l), s.side(id.Right, right, id.Each, path), shown(r), shown(difference))))
}

// side writes one side of an identity with its figures: 本年新收政府信息公开申请数量26＋….
func (s *subject) side(keys []string, figures []*report.Figure, each string, path func(string) report.Path) string {
	var b strings.Builder
	for i, f := range figures {
		if i > 0 {
			b.WriteString("＋")
		}
		_, label := s.namesAlong(path(keys[i]), each)
		b.WriteString(label + shown(f.Value))
	}
	return b.String()
}

// sum adds up the figures. It is not ok when one was not found, could not be read
// or lacks one that could not, or when all of them are blank, filled totals aside.
func (s *subject) sum(figures []*report.Figure) (sum report.Number, ok bool) {
	given := false
	for _, f := range figures {
		if f == nil || f.Value.Blank() || s.unread[f] {
			return sum, false
		}
		total, filled := s.total[f]
		given = given || !filled || total
		if !f.Value.IsZero() {
			sum = sum.Add(f.Value)
		}
	}
	return sum.Add(report.Int(0)), given
}

// namesAlong names the row or column that an identity runs along, and the figure in it.
func (s *subject) namesAlong(path report.Path, each string) (line, figure string) {
	row, column := namesOf(s.form, path)
	if each == form.EachRow {
		return row, column
	}
	return column, row
}

// arithmeticRules are the rules that the forms' identities name.
var arithmeticRules = []finding.Rule{
	{
		ID: "A101", Severity: finding.Error, Since: "0.1", Clause: form2021 + "，第三部分",
		Title:   message.Both("申请表横向合计不符", "A row of applications does not add up"),
		Text:    message.Both("第三部分每一行，总计应等于六类申请人（自然人和法人或其他组织的五类）之和。总计空白时不检查，见R205。", "In each row of section three, the total is the sum of the six kinds of applicants. A blank total is not checked; see R205."),
		Advice:  message.Both("核对该行各格，改正填错的分项或总计。", "Check the row's figures; correct the part or the total that is wrong."),
		Formula: message.Both("总计＝自然人＋商业企业＋科研机构＋社会公益组织＋法律服务机构＋其他", "total = natural_person + business + research + public_interest + legal_service + other"),
		Example: message.Both("“（一）予以公开”自然人6、商业企业1，总计却是6。", "“（一）予以公开” has 6 natural persons and 1 business, but 6 in all."),
	},
	{
		ID: "A102", Severity: finding.Error, Since: "0.1", Clause: form2021 + "，第三部分",
		Title:   message.Both("办理结果合计不符", "The outcomes do not add up"),
		Text:    message.Both("第三部分每一列，“（七）总计”应等于各项办理结果之和。一件申请只计一种结果。总计空白时不检查，见R205。", "In each column of section three, （七）总计 is the sum of all outcomes; an application has one outcome. A blank total is not checked; see R205."),
		Advice:  message.Both("核对该列各项办理结果，改正填错的分项或总计。", "Check the column's outcomes; correct the part or the total that is wrong."),
		Formula: message.Both("（七）总计＝（一）予以公开＋（二）部分公开＋（三）至（六）各小项", "processed_total = granted + partly_granted + every item of （三） to （六）"),
		Example: message.Both("予以公开6、部分公开8、其他各项共11，“（七）总计”却是24。", "6 granted, 8 partly granted and 11 others, but 24 in （七）总计."),
	},
	{
		ID: "A103", Severity: finding.Error, Since: "0.1", Clause: form2021 + "，第三部分表头：第一项加第二项之和，等于第三项加第四项之和",
		Title:   message.Both("收办勾稽关系不符", "Received and handled do not balance"),
		Text:    message.Both("第三部分每一列，新收加上年结转应等于办理结果总计加结转下年度：收到的申请要么办结，要么结转。", "In each column of section three, what came in and what was carried in equals what was handled and what is carried out."),
		Advice:  message.Both("对照登记台账，先核新收和结转，再核办理结果。", "Check against the register: first new and carried over, then the outcomes."),
		Formula: message.Both("本年新收＋上年结转＝（七）总计＋结转下年度继续办理", "new_received + carried_in = processed_total + carried_out"),
		Example: message.Both("新收26、上年结转1，办理结果总计24、结转下年度2：27≠26。", "26 new and 1 carried in, 24 handled and 2 carried out: 27 ≠ 26."),
	},
	{
		ID: "A201", Severity: finding.Error, Since: "0.1", Clause: form2021 + "，第四部分",
		Title:   message.Both("复议诉讼合计不符", "Reconsideration or litigation does not add up"),
		Text:    message.Both("第四部分行政复议、未经复议直接起诉、复议后起诉三组，总计都应等于四种结果之和。总计空白时不检查，见R205。", "In each of the three groups of section four, the total is the sum of the four results. A blank total is not checked; see R205."),
		Advice:  message.Both("核对该组各格；未审结的计入“尚未审结”。", "Check the group's figures; cases not yet decided count as 尚未审结."),
		Formula: message.Both("总计＝结果维持＋结果纠正＋其他结果＋尚未审结", "total = upheld + corrected + other + pending"),
		Example: message.Both("行政复议维持2、尚未审结1，总计却是2。", "2 upheld and 1 pending, but 2 in all."),
	},
}
