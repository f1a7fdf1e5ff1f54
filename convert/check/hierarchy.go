package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// Children are the submissions that a parent's report is made of. Add them one by
// one, in a stable order: only their sums are kept, not the reports. The zero
// Children is empty and ready to use; it is not safe for concurrent use.
type Children struct {
	submissions []submission
	tallies     map[[3]string]*tally
}

type submission struct {
	file         string
	organization string
	year         int
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

// Add adds a child's report, which came in the named file. Like [Run], it panics
// when the report's form is not known.
func (c *Children) Add(file string, r *report.Report) {
	c.submissions = append(c.submissions, submission{file, r.Organization, r.Year})
	if c.tallies == nil {
		c.tallies = map[[3]string]*tally{}
	}
	s := newSubject(r)
	for _, t := range s.full.Tables {
		for _, row := range t.Rows {
			for i := range row.Figures {
				f := &row.Figures[i]
				key := [3]string{t.Key, row.Key, f.Column}
				sum := c.tallies[key]
				if sum == nil {
					sum = new(tally)
					c.tallies[key] = sum
				}
				v := f.Value
				if s.unread[f] {
					v = report.Number{}
				}
				sum.add(len(c.submissions)-1, v)
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
				m := message.New("H101", nameOf(s.form, path), at(f.Cell), v, len(c.submissions), sum.sum, difference, c.largest(sum))
				if len(sum.most) == 0 {
					m = message.New("H101.none", nameOf(s.form, path), at(f.Cell), v, len(c.submissions))
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
	s := c.submissions[i]
	key := organization.Key(s.organization)
	switch {
	case key == "":
		return s.file
	case slices.ContainsFunc(c.submissions, func(o submission) bool {
		return o != s && organization.Key(o.organization) == key
	}):
		return s.organization + "（" + s.file + "）"
	}
	return s.organization
}

// Submissions checks who sent what: H102 and H103 by the roster, which may be nil,
// and H104 by the year, or by the most frequent one when that is 0.
func (c *Children) Submissions(roster *organization.Roster, year int) []finding.Finding {
	type sender struct {
		organization string // normalized
		year         int
	}
	files := map[sender][]string{}
	var order []sender // as they came
	sent := map[string]bool{}
	for _, s := range c.submissions {
		if s.organization == "" {
			continue
		}
		key := organization.Key(s.organization)
		if roster != nil {
			if name, ok := roster.Find(s.organization); ok {
				key = organization.Key(name)
			}
		}
		sent[key] = true
		who := sender{key, s.year}
		if files[who] == nil {
			order = append(order, who)
		}
		files[who] = append(files[who], s.file)
	}
	var found []finding.Finding
	if roster != nil {
		for _, name := range roster.Names() {
			if !sent[organization.Key(name)] {
				found = append(found, newFinding("H102", report.Path{}, nil, name, "", message.New("H102", name)))
			}
		}
	}
	for _, who := range order {
		if list := files[who]; len(list) > 1 {
			found = append(found, newFinding("H103", report.Path{}, nil, 1, len(list),
				message.New("H103", c.organization(list[0]), len(list), strings.Join(list, "、"))))
		}
	}
	return append(found, c.years(year)...)
}

// organization is the name under which a file was sent, as written.
func (c *Children) organization(file string) string {
	i := slices.IndexFunc(c.submissions, func(s submission) bool { return s.file == file })
	return c.submissions[i].organization
}

// years is H104. A submission whose year was not found is R301's.
func (c *Children) years(year int) []finding.Finding {
	if year == 0 {
		n := map[int]int{}
		for _, s := range c.submissions {
			if s.year == 0 {
				continue
			}
			n[s.year]++
			if n[s.year] > n[year] || n[s.year] == n[year] && s.year > year {
				year = s.year
			}
		}
	}
	var found []finding.Finding
	for _, s := range c.submissions {
		if s.year != 0 && s.year != year {
			found = append(found, newFinding("H104", report.Path{}, nil, strconv.Itoa(year), strconv.Itoa(s.year),
				message.New("H104", s.file, s.year, year)))
		}
	}
	return found
}

// hierarchyRules are the rules on a parent's report against its children's.
var hierarchyRules = []finding.Rule{
	{
		ID: "H101", Severity: finding.Error, Since: "0.1", Clause: article50,
		Title:   message.Both("汇总数不等于下级之和", "A parent's figure is not the sum of its children's"),
		Text:    message.Both("汇总报告每一格都应等于各报送单位同一格之和。列出相差的格和数字最大的单位。", "Each figure of the parent's report is the sum of its children's. The difference and the children that contribute most are listed."),
		Advice:  message.Both("先看是否有单位未报或重报，再核对列出的单位。", "See first whether one is missing or was counted twice, then check those listed."),
		Formula: message.Both("上级某格＝各下级该格之和", "parent = sum of children"),
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
		Text:    message.Both("同一单位有两份以上报送文件，汇总会重复计算。", "There are two or more submissions from one organization; a sum counts it twice."),
		Advice:  message.Both("保留最终版，删去其余。", "Keep the last one, remove the others."),
		Example: message.Both("“县教育局.xlsx”和“县教育局（改）.xlsx”。", "“县教育局.xlsx” and “县教育局（改）.xlsx”."),
	},
	{
		ID: "H104", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("报送年度不一致", "Submissions of different years are mixed"),
		Text:    message.Both("报送文件不属于同一年度，汇总没有意义。", "The submissions are not all for the same year; their sum means nothing."),
		Advice:  message.Both("换成本年度的文件。", "Replace it by this year's."),
		Example: message.Both("其余是2024年的报告，一份是2023年的。", "One is for 2023, the others for 2024."),
	},
}
