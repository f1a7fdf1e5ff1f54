package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// Children are the submissions that a parent's report is made of. Add them one by
// one, in a stable order: their figures are kept, not the reports. Of each body one is
// added up ([organization.Senders]). The zero Children is empty and ready to use; it
// is not safe for concurrent use.
type Children struct {
	Roster *organization.Roster // who should have reported, or nil

	sent    []organization.Sent
	figures []childFigures
	choice  *organization.Choice // of year
	year    int
	tallies map[[3]string]*tally // of the chosen ones
	chosen  int
}

// childFigures are the figures of a child in the form's order, blank where one was not
// found or could not be read.
type childFigures struct {
	form   *form.Form
	values []report.Number
}

// tally is the sum of one figure over the children.
type tally struct {
	sum     report.Number
	unknown bool           // a child's figure was not found or could not be read
	most    []contribution // the largest, largest first
}

type contribution struct {
	submission int
	value      report.Number
}

// mostShown is how many of the children that contribute most are named.
const mostShown = 3

// Add adds a child's report. Like [Run], it panics when the report's form is not known.
func (c *Children) Add(sent organization.Sent, r *report.Report) {
	s := newSubject(r)
	figures := childFigures{form: s.form}
	for i := range s.form.Tables {
		t := &s.form.Tables[i]
		for _, row := range t.Rows() {
			for _, column := range row.Columns {
				var v report.Number
				if f := s.full.At(report.Path{Table: t.Key, Row: row.Key, Column: column.Key}); f != nil && !s.unread[f] {
					v = f.Value
				}
				figures.values = append(figures.values, v)
			}
		}
	}
	c.sent, c.figures, c.choice = append(c.sent, sent), append(c.figures, figures), nil
}

// Chosen says which of the children are added up for a year, 0 being the most frequent.
// A file that is no report, such as one that could not be read, may be among them.
func (c *Children) Chosen(year int) *organization.Choice {
	if c.choice == nil || c.year != year {
		c.year, c.choice, c.tallies = year, organization.Senders(c.sent, c.Roster, year), nil
	}
	return c.choice
}

// AddFile adds a file that holds no report that could be read.
func (c *Children) AddFile(sent organization.Sent) {
	c.sent, c.figures, c.choice = append(c.sent, sent), append(c.figures, childFigures{}), nil
}

// add adds up the chosen ones for a year.
func (c *Children) add(year int) {
	choice := c.Chosen(year)
	if c.tallies != nil {
		return
	}
	c.tallies, c.chosen = map[[3]string]*tally{}, 0
	for i, child := range c.figures {
		if child.form == nil || !choice.Counts(i) || choice.Bodies[choice.Files[i].Body].Uncounted {
			continue
		}
		c.chosen++
		n := 0
		for k := range child.form.Tables {
			t := &child.form.Tables[k]
			for _, row := range t.Rows() {
				for _, column := range row.Columns {
					key := [3]string{t.Key, row.Key, column.Key}
					if c.tallies[key] == nil {
						c.tallies[key] = new(tally)
					}
					c.tallies[key].add(i, child.values[n])
					n++
				}
			}
		}
	}
}

func (t *tally) add(submission int, v report.Number) {
	if v.Blank() {
		t.unknown = true
		return
	}
	t.sum = t.sum.Add(v)
	if v.IsZero() {
		return
	}
	i, _ := slices.BinarySearchFunc(t.most, v, func(s contribution, v report.Number) int {
		if s.value.Decimal().Abs().LessThan(v.Decimal().Abs()) {
			return 1
		}
		return -1 // an equal one that came first stays first
	})
	if i < mostShown {
		t.most = slices.Insert(t.most, i, contribution{submission, v})
		t.most = t.most[:min(len(t.most), mostShown)]
	}
}

// Figures checks the parent's figures against the sums over its children: H101,
// in the form's order. A figure that is blank in the parent, or that was not found
// or could not be read in a child, is not compared.
func (c *Children) Figures(parent *report.Report) []finding.Finding {
	c.add(parent.Year)
	s := newSubject(parent)
	var found []finding.Finding
	for _, t := range s.full.Tables {
		for _, row := range t.Rows {
			for i := range row.Figures {
				f := &row.Figures[i]
				sum := c.tallies[[3]string{t.Key, row.Key, f.Column}]
				v, ok := s.sum([]*report.Figure{f})
				if !ok || sum == nil || sum.unknown || v.Equal(sum.sum) {
					continue
				}
				path := report.Path{Table: t.Key, Row: row.Key, Column: f.Column}
				difference := report.Decimal(v.Sub(sum.sum).Decimal().Abs())
				m := message.New("H101", nameOf(s.form, path), at(f.Cell), v, c.chosen, sum.sum, difference, c.largest(sum))
				if len(sum.most) == 0 {
					m = message.New("H101.none", nameOf(s.form, path), at(f.Cell), v, c.chosen)
				}
				found = append(found, newFinding("H101", path, []report.Cell{f.Cell}, sum.sum, v, m))
			}
		}
	}
	return found
}

// largest names the children that contribute most, with their figures.
func (c *Children) largest(t *tally) string {
	var b strings.Builder
	for i, s := range t.most {
		if i > 0 {
			b.WriteString("、")
		}
		fmt.Fprintf(&b, "%s %s", c.sender(s.submission), s.value)
	}
	return b.String()
}

// sender names a submission by its organization, with the file where that alone
// does not tell it apart.
func (c *Children) sender(i int) string {
	s := c.sent[i]
	key := organization.Key(s.Organization)
	switch {
	case key == "":
		return s.File
	case slices.ContainsFunc(c.sent, func(o organization.Sent) bool {
		return o.File != s.File && organization.Key(o.Organization) == key
	}):
		return s.Organization + "（" + s.File + "）"
	}
	return s.Organization
}

// Submissions checks who sent what: H102 by the roster, H103 where a body sent several
// versions, and H104 by the year, or by the most frequent one when that is 0.
func (c *Children) Submissions(year int) []finding.Finding {
	choice := c.Chosen(year)
	var missing, doubled, others []finding.Finding
	for _, b := range choice.Bodies {
		if b.Listed && b.Lacks == organization.Missing {
			missing = append(missing, newFinding("H102", report.Path{}, nil, b.Organization, "", message.New("H102", b.Organization)))
		}
		var versions []string
		for _, i := range b.Files {
			switch choice.Files[i].Kind {
			case organization.Report, organization.Returned, organization.Superseded, organization.Duplicate:
				versions = append(versions, c.sent[i].File)
			}
		}
		if len(versions) > 1 {
			name := cmp.Or(c.sent[b.Files[0]].Organization, b.Organization)
			doubled = append(doubled, newFinding("H103", report.Path{}, nil, 1, len(versions),
				message.New("H103", name, len(versions), strings.Join(versions, "、"), c.sent[b.Report].File)))
		}
	}
	for i, s := range c.sent {
		if choice.Files[i].Kind == organization.OtherYear {
			others = append(others, newFinding("H104", report.Path{}, nil, strconv.Itoa(choice.Year), strconv.Itoa(s.Year),
				message.New("H104", s.File, s.Year, choice.Year)))
		}
	}
	return slices.Concat(missing, doubled, others)
}

// hierarchyRules are the rules on a parent's report against its children's.
var hierarchyRules = []finding.Rule{
	{
		ID: "H101", Severity: finding.Error, Since: "0.1", Clause: article50,
		Title:   message.Both("汇总数与各单位合计数不一致", "A parent's figure is not the sum of its children's"),
		Text:    message.Both("汇总报告每一格都应等于各报送单位同一格之和。列出相差的格和数字最大的单位。", "Each figure of the parent's report is the sum of its children's. The difference and the children that contribute most are listed."),
		Advice:  message.Both("先看是否有单位未报或重报，再核对列出的单位。", "See first whether one is missing or was counted twice, then check those listed."),
		Formula: message.Both("汇总表每格＝各单位该格之和", "parent = sum of children"),
		Example: message.Both("县汇总予以公开40件，各部门、乡镇相加为38件。", "The county granted 40; its departments and townships add up to 38."),
	},
	{
		ID: "H102", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("名单上的单位未报送", "An organization on the roster sent nothing"),
		Text:    message.Both("名单上的单位没有对应的报送文件。单位名称按去除空格、括号、全半角差异后比较，也比较名单上的别名。", "No submission is from an organization on the roster. Names are compared without spaces, brackets and width, and with the roster's aliases."),
		Advice:  message.Both("催报；名称不同的，在名单的“别名”列加上（没有表头的，加在第二列）。", "Ask for it; where the name differs, add it to the roster's column “别名”, or its second one if it has no headings."),
		Example: message.Both("名单有“县水务局”，没有收到它的报告。", "“县水务局” is on the roster and sent nothing."),
	},
	{
		ID: "H103", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("同一单位重复报送", "An organization sent two"),
		Text:    message.Both("同一单位有两份以上报送文件，汇总只计其中一份：退回改正的标注副本、文件名为终稿或修改稿的、没有错误的、修改时间晚的优先。", "There are two or more submissions from one organization. A sum takes one: a marked copy that came back corrected, what is called final, one without errors, the one changed last."),
		Advice:  message.Both("核对计入的是否是最终版；不是的，移走其余。", "See that the one taken is the final one; if not, remove the others."),
		Example: message.Both("“县教育局.xlsx”和“县教育局（改）.xlsx”。", "“县教育局.xlsx” and “县教育局（改）.xlsx”."),
	},
	{
		ID: "H104", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("报送年度不一致", "Submissions of different years are mixed"),
		Text:    message.Both("报送文件不属于同一年度；其他年度的不计入汇总。", "The submissions are not all for the same year; those of other years are not added up."),
		Advice:  message.Both("换成本年度的文件。", "Replace it by this year's."),
		Example: message.Both("其余是2024年的报告，一份是2023年的。", "One is for 2023, the others for 2024."),
	},
}
