package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// What of a report as a whole a finding is about.
var (
	ofYear         = report.Path{Table: "year"}
	ofOrganization = report.Path{Table: "organization"}
)

// heading checks what the title line says, and whether the text agrees: R301, R302,
// R303 and R304.
func (s *subject) heading() []finding.Finding {
	var found []finding.Finding
	if s.Year == 0 {
		found = append(found, newFinding("R301", ofYear, nil, "", "", message.New("R301")))
	} else if !s.form.Years.Contains(s.Year) {
		proper := ""
		for _, f := range form.All() {
			if f.Years.Contains(s.Year) {
				proper = f.ID
			}
		}
		m := message.New("R303", s.Year, s.Form, s.form.Authority, proper)
		if proper == "" {
			m = message.New("R303.none", s.Year, s.Form, s.form.Authority)
		}
		found = append(found, newFinding("R303", ofYear, nil, proper, s.Form, m))
	}
	if strings.TrimSpace(s.Organization) == "" {
		found = append(found, newFinding("R302", ofOrganization, nil, "", "", message.New("R302")))
	}
	return append(found, s.ownName()...)
}

// sections checks that the text sections say something: R401 and R402.
func (s *subject) sections() []finding.Finding {
	var found []finding.Finding
	for _, sec := range s.Sections {
		name := tableName(s.form, sec.Key)
		words := proseOf(sec.Paragraphs)
		switch {
		case !sec.Found && words == "":
			found = append(found, newFinding("R401", report.Path{Table: sec.Key}, nil, "", "", message.New("R401", name)))
		case words == "":
			found = append(found, newFinding("R401", report.Path{Table: sec.Key}, []report.Cell{sec.Heading}, "", "", message.New("R401.empty", name, at(sec.Heading))))
		case sec.Key == s.form.SectionOf(form.Problems).Key && saysNothing.MatchString(words):
			cell := cellOfText(sec.Paragraphs)
			found = append(found, newFinding("R402", report.Path{Table: sec.Key}, []report.Cell{cell}, "", words, message.New("R402", name, at(cell), words)))
		}
	}
	return found
}

// TextsMissing reports whether a text section is missing or empty, by what was found.
func TextsMissing(found []finding.Finding) bool {
	return slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Rule == "R401" })
}

// proseOf is the section's text without white space and punctuation.
func proseOf(ps []report.Paragraph) string {
	var b strings.Builder
	for _, p := range ps {
		for _, r := range p.Text {
			if unicode.IsLetter(r) || unicode.IsNumber(r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// cellOfText is where the first paragraph that is not empty stands.
func cellOfText(ps []report.Paragraph) report.Cell {
	for _, p := range ps {
		if strings.TrimSpace(p.Text) != "" {
			return p.Cell
		}
	}
	return report.Cell{}
}

// saysNothing matches a whole section, without punctuation, that only says that
// there is nothing: 无, 暂无, 本年度没有存在的主要问题.
var saysNothing = regexp.MustCompile(`^(本年度?|我?本?[镇乡局办县区市委街道单位]{0,4}|目前|经自查)*` +
	`(无|暂无|没有|暂时没有|不存在|未发现|暂未发现)` +
	`(存在的?|明显|突出|重大|主要|相关|其他|此类)*的?(问题|内容|情况|事项|需要改进之处)?([及和]改进(情况|措施))?$`)

// textRules are the rules on year, organization and text sections.
var textRules = []finding.Rule{
	{
		ID: "R301", Severity: finding.Error, Since: "0.1", Clause: article50,
		Title:   message.Both("未找到报告年度", "The reporting year was not found"),
		Text:    message.Both("标题、封面都没有写明是哪一年的报告。", "Neither the title nor the cover says which year the report is for."),
		Advice:  message.Both("在封面“年度”一栏填4位年份，或在标题中写明年度。", "Put the four digits of the year into the cover's field “年度”, or the year into the title."),
		Example: message.Both("标题只写“政府信息公开工作年度报告”。", "The title is only “政府信息公开工作年度报告”."),
	},
	{
		ID: "R302", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("未找到单位名称", "The organization was not found"),
		Text:    message.Both("标题、封面都没有写明是哪个单位的报告。", "Neither the title nor the cover says whose report it is."),
		Advice:  message.Both("在封面“填报单位”一栏填单位全称，或在标题中写明单位全称。", "Put the organization's full name into the cover's field “填报单位”, or into the title."),
		Example: message.Both("标题只写“2024年政府信息公开工作年度报告”。", "The title is only “2024年政府信息公开工作年度报告”."),
	},
	{
		ID: "R303", Severity: finding.Warning, Since: "0.1", Clause: "国办公开办函〔2019〕60号、〔2021〕30号",
		Title:   message.Both("年度与表样不符", "The year and the form disagree"),
		Text:    message.Both("2021年度起用2021年版统一格式，2019、2020年度用2019年版。表样按表头识别，与标题年度不符时提示。", "Reports for 2021 and later use the form of 2021, those for 2019 and 2020 that of 2019. The form is recognised from its headers; when the year says otherwise, this finding does too."),
		Advice:  message.Both("核对年度；年度无误的，换用对应年度的表样。", "See that the year is right; if so, use that year's form."),
		Example: message.Both("2024年的报告用了2019年版的表。", "A report for 2024 stands on the form of 2019."),
	},
	{
		ID: "R304", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("年度或单位前后不一", "The report disagrees with itself about its year or organization"),
		Text:    message.Both("标题与封面写的年度或单位不同，或者前言、总体情况中的统计期限、报告名称是另一年度、另一单位的，多因沿用了上年或别处的文件。", "The title and the cover name different years or organizations, or the text gives a statistics period, or names the report, of another year or organization: often last year's file or another body's was used."),
		Advice:  message.Both("核对整份报告是不是本单位、本年度的，把写错的一处改正。", "See that all of the report is this organization's for this year, and correct the place that is wrong."),
		Example: message.Both("标题是2024年的报告，前言却写“现公布某县水务局2023年政府信息公开工作年度报告”。", "The title says 2024, the preamble “现公布某县水务局2023年政府信息公开工作年度报告”."),
	},
	{
		ID: "R401", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("缺少文字部分", "A text section is missing or empty"),
		Text:    message.Both("统一格式的第一、五、六部分为文字，标题不得缺少，内容不得空白。", "Sections one, five and six of the form are text; none may be missing or empty."),
		Advice:  message.Both("补写该部分；第六部分没有其他内容的，写“本年度未收取信息处理费，无其他需要报告的事项”之类。", "Write it; where section six has nothing else to say, it says such as “本年度未收取信息处理费，无其他需要报告的事项”."),
		Example: message.Both("“五、存在的主要问题及改进情况”标题下没有内容。", "Nothing stands below “五、存在的主要问题及改进情况”."),
	},
	{
		ID: "R402", Severity: finding.Warning, Since: "0.1", Clause: article50,
		Title:   message.Both("第五部分仅填“无”", "Section five says only 无"),
		Text:    message.Both("条例要求报告存在的主要问题及改进情况，仅填“无”等于没有报告，是上级通报的常见问题。", "The regulations ask for the main problems and what is done about them; 无 (none) reports nothing and is often criticised by higher levels."),
		Advice:  message.Both("写明具体问题和改进措施。", "Name the problems and what is done about them."),
		Example: message.Both("“五、存在的主要问题及改进情况：无。”", "“五、存在的主要问题及改进情况：无。”"),
	},
}
