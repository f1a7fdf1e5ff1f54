package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// What a person of the field would notice at a look: R305, R306, R403, R404, R405 and
// A301.
func (s *subject) field() []finding.Finding {
	if s.nothingFilledIn() {
		return []finding.Finding{newFinding("R403", report.Path{}, nil, "", "", message.New("R403"))}
	}
	var found []finding.Finding
	found = append(found, s.signedTooEarly()...)
	found = append(found, s.speaksAsAnother()...)
	found = append(found, s.aspects()...)
	found = append(found, s.personalData()...)
	return append(found, s.regulationsOfWhom()...)
}

// nothingFilledIn reports whether the report has no figure and no text at all.
func (s *subject) nothingFilledIn() bool {
	if len(s.Preamble) > 0 {
		return false
	}
	for _, sec := range s.Sections {
		if proseOf(sec.Paragraphs) != "" {
			return false
		}
	}
	for _, n := range s.Notes {
		switch n.Kind { // there is something, which could not be read or found
		case report.NotNumber, report.SpreadsheetError, report.MissingTable, report.MissingRow, report.MissingColumn:
			return false
		}
	}
	for _, t := range s.Tables {
		for _, row := range t.Rows {
			for i := range row.Figures {
				if f := &row.Figures[i]; !f.Value.IsZero() || !f.Value.Blank() && s.form.Table(t.Key).Parts(row.Key, f.Column) == nil {
					return false // a 0 counts as filled in, unless an empty form's formula gave it
				}
			}
		}
	}
	return true
}

// signedTooEarly is R305: a report is made when its year is over.
func (s *subject) signedTooEarly() []finding.Finding {
	iso, cell := s.Signature.ISO(), report.Cell{}
	written := s.Signature.Date
	if iso == "" { // or at the end of the text
		last := s.Sections[len(s.Sections)-1].Paragraphs
		if len(last) < 2 {
			return nil
		}
		p := last[len(last)-1]
		written, cell = strings.TrimSpace(p.Text), p.Cell
		iso = report.Signature{Date: written}.ISO()
	}
	if s.Year == 0 || iso == "" {
		return nil
	}
	if year, err := strconv.Atoi(iso[:4]); err != nil || year > s.Year {
		return nil
	}
	return []finding.Finding{newFinding("R305", ofYear, []report.Cell{cell}, "", written, message.New("R305", written, s.Year))}
}

// Who a sentence of section one is about: 2024年，县民政局坚持…
var (
	openingYear    = regexp.MustCompile(`^[^一-龥0-9]{0,3}(\d{4})年(?:度|以来|来)?(?:,|我|本|全|县|市|区|镇|乡|在)`)
	openingSubject = regexp.MustCompile(`^[^一-龥0-9]{0,3}\d{4}年(?:度|以来|来)?,([一-龥]{2,20}?)(?:坚持|认真|深入|严格|始终|积极|持续|高度|紧紧|紧扣|围绕|全面|扎实|切实|不断|主动|按照|按|在|以|把|将|着力|进一步|聚焦|立足|根据|依法|稳步|加强)`)
	aboveOthers    = regexp.MustCompile(`人民政府|政府办|委员会办公室|党委|省|国务院|党组`)
)

// speaksAsAnother is R306: section one speaks as another body, or of another year.
// What it says of its report (R304) is told apart by what announces one.
func (s *subject) speaksAsAnother() []finding.Finding {
	sec := s.Section(s.form.SectionOf(form.Overview).Key)
	if sec == nil || len(sec.Paragraphs) == 0 {
		return nil
	}
	p := sec.Paragraphs[0]
	plain := string(prose.Normalized(p.Text).Runes)
	var found []finding.Finding
	if m := openingYear.FindStringSubmatch(plain); m != nil && s.Year != 0 && m[1] != strconv.Itoa(s.Year) && !comparison.MatchString(plain[:min(len(plain), 40)]) {
		found = append(found, newFinding("R306", ofYear, []report.Cell{p.Cell}, strconv.Itoa(s.Year), m[1], message.New("R306.year", m[1], s.Year)))
	}
	m := openingSubject.FindStringSubmatch(plain)
	if m == nil || s.Organization == "" {
		return found
	}
	name := m[1]
	if organization.Ours(name) || !organization.EndsIn(name, organization.Organs) || aboveOthers.MatchString(name) || organization.Same(name, s.Organization) ||
		strings.HasPrefix(name, "全") || strings.HasPrefix(name, "各") || utf8.RuneCountInString(name) < 3 {
		return found
	}
	return append(found, newFinding("R306", ofOrganization, []report.Cell{p.Cell}, s.Organization, name, message.New("R306.organization", name, s.Organization)))
}

// longestOverview is how many characters section one may have, and what it has to speak
// of, by the national form's filling-in guide: each aspect by words of which it has one.
const longestOverview = 1000

var aspectsOfOverview = []struct {
	name  message.Bilingual
	words []string
}{
	{message.Both("主动公开", "disclosure"), []string{"主动公开", "公开信息", "发布信息", "发布各类"}},
	{message.Both("依申请公开", "applications"), []string{"申请"}},
	{message.Both("政府信息管理", "management of information"), []string{"信息管理", "规范性文件", "公文", "审查", "清理", "保密", "属性", "目录"}},
	{message.Both("政府信息公开平台建设", "platforms"), []string{"平台", "网站", "新媒体", "公众号", "专栏", "栏目"}},
	{message.Both("监督保障", "supervision"), []string{"监督", "考核", "培训", "评议", "责任追究", "机制", "领导小组"}},
}

// aspects is R404.
func (s *subject) aspects() []finding.Finding {
	sec := s.Section(s.form.SectionOf(form.Overview).Key)
	if sec == nil {
		return nil
	}
	text := proseOf(sec.Paragraphs)
	if text == "" { // R401
		return nil
	}
	n := 0
	for _, p := range sec.Paragraphs {
		n += utf8.RuneCountInString(strings.TrimSpace(p.Text))
	}
	cell := cellOfText(sec.Paragraphs)
	path := report.Path{Table: sec.Key}
	var found []finding.Finding
	if n > longestOverview {
		found = append(found, newFinding("R404", path, []report.Cell{cell}, longestOverview, n, message.New("R404.long", tableName(s.form, sec.Key), at(cell), n, longestOverview)))
	}
	var zh, en []string
	for _, a := range aspectsOfOverview {
		if !slices.ContainsFunc(a.words, func(w string) bool { return strings.Contains(text, w) }) {
			zh, en = append(zh, a.name.Chinese), append(en, a.name.English)
		}
	}
	if len(zh) > 0 {
		lacking := message.Both(strings.Join(zh, "、"), strings.Join(en, ", "))
		found = append(found, newFinding("R404", path, []report.Cell{cell}, "", "", message.New("R404.lacks", tableName(s.form, sec.Key), at(cell), lacking)))
	}
	return found
}

// Personal data, in text brought to one width.
var (
	identityNumber = regexp.MustCompile(`[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]`)
	mobileNumber   = regexp.MustCompile(`1[3-9]\d{9}`)
	cardNumber     = regexp.MustCompile(`[3-6]\d{15,18}`)
	contactLine    = regexp.MustCompile(`联系|电话|传真|邮编|邮箱|咨询|热线`)
)

// personalData is R405: what has no place in a text that is published. Numbers are
// masked in what is said of them.
func (s *subject) personalData() []finding.Finding {
	var found []finding.Finding
	say := func(p report.Paragraph, key, number string) {
		masked := number[:3] + strings.Repeat("*", len(number)-5) + number[len(number)-2:]
		found = append(found, newFinding("R405", report.Path{}, []report.Cell{p.Cell}, "", masked, message.New(key, at(p.Cell), masked)))
	}
	for _, p := range s.passages() {
		plain := string(prose.Normalized(p.Text).Runes)
		if !longNumber(plain) {
			continue
		}
		for _, m := range alone(identityNumber, plain) {
			if identityCheckDigit(m.text) {
				say(p, "R405.identity", m.text)
			}
		}
		for _, m := range alone(mobileNumber, plain) {
			before := plain[max(0, m.at-90):m.at]
			if !contactLine.MatchString(before) {
				say(p, "R405.mobile", m.text)
			}
		}
		for _, m := range alone(cardNumber, plain) {
			if luhn(m.text) && len(m.text) != len("110101199003070097") { // an identity number is told above
				say(p, "R405.card", m.text)
			}
		}
	}
	return found
}

// longNumber reports whether a text has as many digits on end as the shortest of these
// numbers, a mobile number. Most have not, and are looked through no further.
func longNumber(text string) bool {
	digits := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			digits = 0
		} else if digits++; digits == len("13800138000") {
			return true
		}
	}
	return false
}

type match struct {
	at   int
	text string
}

// alone finds what the expression matches that is no part of a longer number.
func alone(re *regexp.Regexp, text string) []match {
	var all []match
	for _, m := range re.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
		after, _ := utf8.DecodeRuneInString(text[m[1]:])
		if unicode.IsDigit(before) || unicode.IsDigit(after) || before == '.' || after == '.' {
			continue
		}
		all = append(all, match{m[0], text[m[0]:m[1]]})
	}
	return all
}

// identityCheckDigit reports whether the last character of an identity number is the
// right one, GB 11643—1999 (ISO 7064, MOD 11-2).
func identityCheckDigit(n string) bool {
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += weight * int(n[i]-'0')
	}
	return "10X98765432"[sum%11] == strings.ToUpper(n)[17]
}

// luhn reports whether the last digit of a card's number is the right one, ISO/IEC 7812.
func luhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// Bodies that can make no 规章: 立法法 names ministries, provinces, cities with districts
// and autonomous prefectures. A name that does not decide says nothing.
var (
	madeByNone = regexp.MustCompile(`(镇|乡|街道|街道办事处|县|自治县|旗|学校|中学|小学|医院|中心|大队|支队|所|站)(人民政府|政府)?(办公室)?$|[县区旗镇乡].{1,20}(局|办公室|委员会|中心)$`)
	mayMake    = regexp.MustCompile(`部$|省|自治区|直辖市|自治州|国务院`)
)

// regulationsOfWhom is A301.
func (s *subject) regulationsOfWhom() []finding.Finding {
	t := s.form.TableOf(form.Disclosure)
	name := string(prose.Normalized(s.Organization).Runes)
	if t == nil || !madeByNone.MatchString(name) || mayMake.MatchString(name) {
		return nil
	}
	var cells []report.Cell
	var path report.Path
	var first report.Number
	for _, row := range t.RowsOf(form.Regulations) {
		for _, c := range row.Columns {
			p := report.Path{Table: t.Key, Row: row.Key, Column: c.Key}
			if f := s.At(p); f != nil && f.Value.Sign() > 0 {
				if path.IsZero() {
					path, first = p, f.Value
				}
				cells = append(cells, f.Cell)
			}
		}
	}
	if path.IsZero() {
		return nil
	}
	return []finding.Finding{newFinding("A301", path, cells, 0, first, message.New("A301", nameOf(s.form, path), at(cells[0]), first, s.Organization))}
}

// fieldRules are the rules on what a person of the field would notice.
var fieldRules = []finding.Rule{
	{
		ID: "R305", Severity: finding.Warning, Since: "0.2", Clause: article50,
		Title:   message.Both("落款日期不在报告年度之后", "The signature's date is not after the report year"),
		Text:    message.Both("年度报告在年度结束后编制，落款日期应在报告年度的次年。", "A yearly report is made when the year is over; its signature is of the year after."),
		Advice:  message.Both("改正落款日期。", "Correct the date of the signature."),
		Example: message.Both("2024年的报告落款为2024年1月15日。", "A report for 2024 is signed on 15 January 2024."),
	},
	{
		ID: "R306", Severity: finding.Warning, Since: "0.2", Clause: article50,
		Title:   message.Both("第一部分写的是其他单位或其他年度", "Section one speaks as another body or of another year"),
		Text:    message.Both("第一部分开头的单位或年度与报告不一致，多为从别的报告复制而来。", "The body or the year that section one begins with is not the report's; mostly it was copied."),
		Advice:  message.Both("核对第一部分是否为本单位本年度的内容。", "See whether section one is this body's and this year's."),
		Example: message.Both("县教育局的报告写“2024年，县民政局坚持……”。", "The report of 县教育局 says “2024年，县民政局坚持…”."),
	},
	{
		ID: "R403", Severity: finding.Error, Since: "0.2", Clause: article50,
		Title:   message.Both("只填了封面", "Nothing but the cover is filled in"),
		Text:    message.Both("三张表和各部分文字都是空的，多为误交了空表。", "All tables and all texts are empty; mostly the empty form was sent by mistake."),
		Advice:  message.Both("请填报单位重新报送填好的表。", "Ask for the form that is filled in."),
		Example: message.Both("封面有单位和年度，其余全空。", "The cover has the body and the year, all else is empty."),
	},
	{
		ID: "R404", Severity: finding.Info, Since: "0.2", Clause: form2021 + "，第一部分填报说明",
		Title:   message.Both("第一部分过长或内容不全", "Section one is long, or lacks an aspect"),
		Text:    message.Both("第一部分应写主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面，一般不超过1000字。", "Section one speaks of disclosure, applications, management of information, platforms and supervision, in no more than some 1,000 characters."),
		Advice:  message.Both("按需要补充或精简。", "Add what is missing, or shorten it."),
		Example: message.Both("第一部分没有写监督保障。", "Section one says nothing of supervision."),
	},
	{
		ID: "R405", Severity: finding.Warning, Since: "0.2", Clause: "《中华人民共和国个人信息保护法》；《中华人民共和国政府信息公开条例》第十五条",
		Title:   message.Both("文字中有个人信息", "Personal data in a text to be published"),
		Text:    message.Both("报告向社会公布，文字中不应有身份证号码、银行卡号，也不应有联系方式以外的手机号码。提示中号码已隐去。", "The report is published: identity numbers, bank cards and mobile numbers outside the contact line have no place in it. Numbers are masked in what is said."),
		Advice:  message.Both("删去或隐去个人信息后再公布。", "Take them out before it is published."),
		Example: message.Both("第二段写明了申请人的身份证号码。", "A paragraph gives an applicant's identity number."),
	},
	{
		ID: "A301", Severity: finding.Warning, Since: "0.2", Clause: "《中华人民共和国立法法》第九十一条、第九十三条",
		Title:   message.Both("无权制定规章的单位填报了规章", "Regulations are reported by a body that can make none"),
		Text:    message.Both("规章只能由国务院部门、省级政府、设区的市和自治州政府制定。县级及以下单位、一般部门应为0，多为把规范性文件填到了“规章”一行。", "Only ministries, provinces, cities with districts and autonomous prefectures make 规章. Others report 0; mostly normative documents were put into the row of 规章."),
		Advice:  message.Both("核对是否应填在“行政规范性文件”一行。", "See whether it belongs into the row 行政规范性文件."),
		Formula: message.Both("规章各列＝0", "every figure of regulations = 0"),
		Example: message.Both("某镇人民政府填报现行有效规章3件。", "A township reports 3 规章 in force."),
	},
}

// followsFromNothing are the rules that say nothing more of a report in which nothing is
// filled in.
var followsFromNothing = []string{"R204", "R205", "R401", "R402", "N401"}

// withoutConsequences leaves out what follows from an empty form, if it is one.
func withoutConsequences(found []finding.Finding) []finding.Finding {
	if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Rule == "R403" }) {
		return found
	}
	return slices.DeleteFunc(found, func(f finding.Finding) bool { return slices.Contains(followsFromNothing, f.Rule) })
}
