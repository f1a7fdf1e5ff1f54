package check

import (
	"regexp"
	"slices"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/narrative"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// narrative compares what the text says with what the tables have: the rules N.
func (s *subject) narrative() []finding.Finding {
	var found []finding.Finding
	var silent []narrativeFigure
	for _, t := range s.texts() {
		for _, c := range t.claims {
			if c.agrees != nil && !*c.agrees && !t.excused(c) {
				found = append(found, s.disagreement(c, t.Cell))
			}
		}
		silent = append(silent, t.silent...)
	}
	if f, ok := s.feeStated(); ok {
		found = append(found, f)
	}
	if len(silent) > 0 {
		found = append(found, notCompared(silent))
	}
	slices.SortStableFunc(found, func(a, b finding.Finding) int { return strings.Compare(a.Rule, b.Rule) })
	return found
}

// Said is what the report's text says of its tables: every figure that was compared,
// and those that were compared with nothing.
func Said(r *report.Report) finding.Said {
	said := finding.Said{Claims: []finding.Claim{}, Uncompared: []finding.Uncompared{}}
	for _, t := range newSubject(r).texts() {
		for _, c := range t.claims {
			claim := finding.Claim{Rule: c.Rule, Claims: c.Name, Value: finding.Figure(c.Value), Agrees: c.agrees, Frame: c.Frame, Quote: c.quote, Cells: []string{}}
			cells := []report.Cell{t.Cell}
			if c.Rule != "N402" {
				cells = nil
				for _, f := range c.figures {
					if f != nil {
						cells = append(cells, f.Cell)
					}
				}
			}
			for _, cell := range cells {
				if !cell.IsZero() {
					claim.Cells = append(claim.Cells, cell.String())
				}
			}
			said.Claims = append(said.Claims, claim)
		}
		for _, f := range t.silent {
			said.Uncompared = append(said.Uncompared, finding.Uncompared{Value: finding.Figure(f.value), Quote: f.quote, Cell: f.cell.String()})
		}
	}
	return said
}

// text is a paragraph with what it says of the tables.
type text struct {
	report.Paragraph
	claims []compared
	silent []narrativeFigure // compared with nothing
}

// narrativeFigure is a figure of the text that was compared with nothing.
type narrativeFigure struct {
	value report.Number
	quote string
	cell  report.Cell
}

// texts reads the report's paragraphs and compares what they say with the tables.
func (s *subject) texts() []text {
	if s.read != nil {
		return s.read
	}
	list := []text{}
	g := narrative.For(s.form)
	for _, p := range s.passages() {
		plain := prose.Normalized(p.Text)
		read := g.Read(plain, s.Year, s.Organization)
		t := text{Paragraph: p}
		for _, c := range read.Claims {
			t.claims = append(t.claims, s.compare(c, plain.Quote(p.Text, c.From, c.To, c.Focus.From), p.Cell))
		}
		for _, c := range read.Lenient {
			if got := s.compare(c, "", p.Cell); got.agrees == nil || !*got.agrees {
				read.Uncompared = append(read.Uncompared, narrative.Figure{Value: c.Value, Focus: c.Focus, From: c.From, To: c.To})
			}
		}
		for _, f := range read.Uncompared {
			t.silent = append(t.silent, narrativeFigure{f.Value, plain.Quote(p.Text, f.From, f.To, f.Focus.From), p.Cell})
		}
		list = append(list, t)
	}
	s.read = list
	return list
}

// excused reports whether a claim that disagrees can be read otherwise: its number
// is one of parts that the text adds up, or the paragraph says elsewhere what the
// tables have. Words that name an outcome exactly are never one of parts, or
// figures that were swapped would go unseen.
func (t text) excused(c compared) bool {
	for _, o := range t.claims {
		if o.agrees == nil || !*o.agrees {
			continue
		}
		if o.Rule == "N402" && c.Vague && slices.ContainsFunc(o.Parts, c.Value.Equal) || o.Rule != "N402" && o.Name == c.Name {
			return true
		}
	}
	return false
}

// notCompared is N403: the figures that stand where the text speaks of what the
// tables have, and were compared with nothing.
func notCompared(list []narrativeFigure) finding.Finding {
	const most = 5 // quotes that a person still reads
	var quotes, cells = []string{}, []report.Cell{}
	for _, f := range list {
		if q := "“" + f.quote + "”"; !slices.Contains(quotes, q) {
			quotes = append(quotes, q)
		}
		if !slices.Contains(cells, f.cell) {
			cells = append(cells, f.cell)
		}
	}
	n := len(quotes)
	m := message.New("N403", strings.Join(quotes[:min(n, most)], "、"), len(list))
	if n > most {
		m = message.New("N403.more", strings.Join(quotes[:most], "、"), len(list))
	}
	return newFinding("N403", report.Path{}, cells, "", "", m)
}

// passages are the paragraphs of the text, in the form's order. Lines of one cell
// that break in the middle of a sentence are one passage.
func (s *subject) passages() []report.Paragraph {
	var all []report.Paragraph
	add := func(ps []report.Paragraph) {
		for i, p := range ps {
			if i > 0 && !p.Cell.IsZero() && p.Cell == ps[i-1].Cell && !endsSentence(ps[i-1].Text) {
				all[len(all)-1].Text += "\n" + p.Text
				continue
			}
			all = append(all, p)
		}
	}
	add(s.Preamble)
	for _, sec := range s.Sections {
		add(sec.Paragraphs)
	}
	return all
}

func endsSentence(text string) bool {
	text = strings.TrimSpace(text)
	return text == "" || slices.ContainsFunc([]string{"。", "！", "？", "；", "：", "!", "?", ";", ":"}, func(end string) bool {
		return strings.HasSuffix(text, end)
	})
}

// feeStated checks that section six says whether an information-processing fee
// was charged: N401. A section that is missing or empty is R401's.
func (s *subject) feeStated() (finding.Finding, bool) {
	const since = 2021
	section := s.form.SectionOf(form.Others).Key
	sec := s.Section(section)
	if s.Year < since || sec == nil {
		return finding.Finding{}, false
	}
	words := proseOf(sec.Paragraphs)
	if words == "" || feeNamed.MatchString(words) {
		return finding.Finding{}, false
	}
	cell := cellOfText(sec.Paragraphs)
	return newFinding("N401", report.Path{Table: section}, []report.Cell{cell}, "", "", message.New("N401", tableName(s.form, section), at(cell))), true
}

// feeNamed matches what says of a fee whether it was charged: 没有收取任何费用. The
// text is without punctuation.
var feeNamed = regexp.MustCompile(`处理费|收费|(收取?|缴纳|产生|发生)了?(任何|相关|有关|其他|各项|各类|一切|的){0,3}费用|费用.{0,4}收取`)

// narrativeRules are the rules on what the text says of the tables.
var narrativeRules = []finding.Rule{
	{
		ID: "N101", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第一、三部分",
		Title:   message.Both("文字与表格的收到申请数不符", "The text and the table disagree on applications received"),
		Text:    message.Both("文字中“收到（受理）申请”可以指本年新收，也可以指新收加上年结转，两者之一相符即可。其他单位、以往年度的数字不算。", "In the text, 收到 may mean new applications or new plus carried in; either will do. Figures of other bodies or years do not count."),
		Advice:  message.Both("核对台账，改正文字或表格。", "Check the register; correct the text or the table."),
		Formula: message.Both("文字数＝本年新收，或＝本年新收＋上年结转", "text = new_received, or = new_received + carried_in"),
		Example: message.Both("文字“共收到申请28件”，表中新收26件、上年结转1件。", "The text says 28 received; the table has 26 new and 1 carried in."),
	},
	{
		ID: "N102", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第一、三部分",
		Title:   message.Both("文字与表格的上年结转数不符", "The text and the table disagree on applications carried in"),
		Text:    message.Both("文字中“上年结转”的件数应与第三部分“二、上年结转政府信息公开申请数量”总计相同。", "What the text says was carried in from last year is the table's total of 上年结转政府信息公开申请数量."),
		Advice:  message.Both("核对台账，改正文字或表格。", "Check the register; correct the text or the table."),
		Formula: message.Both("文字数＝上年结转·总计", "text = carried_in.total"),
		Example: message.Both("文字“上年结转3件”，表中为1件。", "The text says 3 carried in; the table has 1."),
	},
	{
		ID: "N103", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第一、三部分",
		Title:   message.Both("文字与表格的办理结果不符", "The text and the table disagree on an outcome"),
		Text:    message.Both("文字中予以公开、部分公开、不予公开、无法提供、不予处理、其他处理的件数应与第三部分相应行的总计相同；不予公开等是其下各小项之和，几类并提的是几类之和。", "What the text says was granted, partly granted, denied, unavailable, rejected or otherwise handled is the sum of that outcome's rows; a joint mention is the sum of all that it names."),
		Advice:  message.Both("核对台账，改正文字或表格。", "Check the register; correct the text or the table."),
		Formula: message.Both("文字数＝该类办理结果各行总计之和", "text = sum of the outcome's rows, total"),
		Example: message.Both("文字“其他处理4件”，表中（六）其他处理各项为4＋1＝5件。", "The text says 4 otherwise handled; the table's items are 4 + 1 = 5."),
	},
	{
		ID: "N104", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第一、三部分",
		Title:   message.Both("文字与表格的办结数不符", "The text and the table disagree on applications handled"),
		Text:    message.Both("文字中办结、答复的件数应与第三部分“（七）总计”相同。", "What the text says was handled or answered is the table's （七）总计."),
		Advice:  message.Both("核对台账，改正文字或表格。", "Check the register; correct the text or the table."),
		Formula: message.Both("文字数＝（七）总计·总计", "text = processed_total.total"),
		Example: message.Both("文字“办结24件”，表中“（七）总计”为25件。", "The text says 24 handled; the table has 25."),
	},
	{
		ID: "N105", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第一、三部分",
		Title:   message.Both("文字与表格的结转下年度数不符", "The text and the table disagree on applications carried out"),
		Text:    message.Both("文字中结转下年度继续办理的件数应与第三部分“四、结转下年度继续办理”总计相同。", "What the text says is carried out to next year is the table's total of 结转下年度继续办理."),
		Advice:  message.Both("核对台账，改正文字或表格。", "Check the register; correct the text or the table."),
		Formula: message.Both("文字数＝结转下年度继续办理·总计", "text = carried_out.total"),
		Example: message.Both("文字“另有3件结转下年度办理”，表中为2件。", "The text says 3 carried out; the table has 2."),
	},
	{
		ID: "N201", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第四部分",
		Title:   message.Both("文字与表格的行政复议数不符", "The text and the table disagree on reconsideration"),
		Text:    message.Both("文字中因政府信息公开被申请行政复议的件数（及维持、纠正等结果）应与第四部分相同。", "What the text says of reconsideration of disclosure decisions, and of its results, is what section four has."),
		Advice:  message.Both("核对案件，改正文字或表格。", "Check the cases; correct the text or the table."),
		Formula: message.Both("文字数＝行政复议·总计（或所说的结果）", "text = reconsideration.total, or the result that it names"),
		Example: message.Both("文字“行政复议3件”，表中为2件。", "The text says 3 reconsiderations; the table has 2."),
	},
	{
		ID: "N202", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第四部分",
		Title:   message.Both("文字与表格的行政诉讼数不符", "The text and the table disagree on litigation"),
		Text:    message.Both("文字中因政府信息公开被提起行政诉讼的件数应等于第四部分“未经复议直接起诉”与“复议后起诉”之和。", "What the text says of litigation is the sum of 未经复议直接起诉 and 复议后起诉 in section four."),
		Advice:  message.Both("核对案件，改正文字或表格。", "Check the cases; correct the text or the table."),
		Formula: message.Both("文字数＝未经复议直接起诉＋复议后起诉", "text = litigation_direct + litigation_after_reconsideration"),
		Example: message.Both("文字“行政诉讼2件”，表中1＋0＝1件。", "The text says 2 cases; the table has 1 + 0 = 1."),
	},
	{
		ID: "N301", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第二部分",
		Title:   message.Both("文字与表格的规章、规范性文件数不符", "The text and the table disagree on regulations or normative documents"),
		Text:    message.Both("文字中制发、废止、现行有效的规章和行政规范性文件件数应与第二部分相同。", "What the text says of regulations and normative documents issued, repealed or in force is what section two has."),
		Advice:  message.Both("核对文件清单，改正文字或表格。", "Check the list of documents; correct the text or the table."),
		Formula: message.Both("文字数＝规章或行政规范性文件的制发、废止、现行有效件数", "text = issued, repealed or in_force of regulations or normative_documents"),
		Example: message.Both("文字“废止行政规范性文件4件”，表中为3件。", "The text says 4 normative documents repealed; the table has 3."),
	},
	{
		ID: "N401", Severity: finding.Warning, Since: "0.1", Clause: "国办函〔2020〕109号《政府信息公开信息处理费管理办法》；" + form2021,
		Title:   message.Both("第六部分未说明信息处理费", "Section six does not mention the information-processing fee"),
		Text:    message.Both("2021年度起，第六部分应说明本年度是否收取信息处理费及收取情况。", "From report year 2021 on, section six says whether an information-processing fee was charged, and how much."),
		Advice:  message.Both("在第六部分补一句，如“本年度未收取信息处理费”。", "Add a sentence to section six, such as “本年度未收取信息处理费”."),
		Example: message.Both("第六部分只写“无其他需要报告的事项”。", "Section six says only “无其他需要报告的事项”."),
	},
	{
		ID: "N402", Severity: finding.Warning, Since: "0.1", Clause: form2021 + "，第一部分",
		Title:   message.Both("文字中的分项与合计不符", "Parts that the text adds up do not add up"),
		Text:    message.Both("文字自己列出分项又写出合计的（线上4件，线下23件，共27件），或者先写总数再分线上、线下的，分项之和应等于总数。占比不检查：文字往往不说以什么为总数。", "Where the text lists parts and their sum (线上4件，线下23件，共27件), or a whole and its two halves 线上 and 线下, they add up. Percentages are not checked: the text seldom says of what."),
		Advice:  message.Both("核对分项与合计，改正文字。", "Check the parts and the sum; correct the text."),
		Formula: message.Both("各分项之和＝合计", "sum of the parts = the sum stated"),
		Example: message.Both("“线上4件，线下22件，共27件”。", "“线上4件，线下22件，共27件”."),
	},
	{
		ID: "N403", Severity: finding.Info, Since: "0.2", Clause: form2021 + "，第一部分",
		Title:   message.Both("文字中有数字未与表格比对", "Figures of the text were compared with nothing"),
		Text:    message.Both("说到申请、复议、诉讼和规范性文件的文字中，有的数字看不出对应表中哪一格，没有比对，在此列出。每份报告一条。", "Where the text speaks of applications, disputes and documents, some figures name no figure of the tables for certain. They were not compared, and are quoted. One finding a report."),
		Advice:  message.Both("人工核对所列数字。", "Compare the figures that are quoted by hand."),
		Example: message.Both("“其中涉及历史遗留问题的申请13件”。", "“其中涉及历史遗留问题的申请13件”."),
	},
}
