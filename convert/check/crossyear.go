package check

// crossYearRules are the rules on this year's report against last year's.
var crossYearRules = []Rule{
	{
		ID: "Y101", Severity: Error, Since: "0.1", Clause: form2021 + "，第三部分",
		Title:   Bilingual{"上年结转与上年报告不符", "Carried in is not what last year carried out"},
		Text:    Bilingual{"本年“上年结转”每一列都应等于上年报告“结转下年度继续办理”的同一列。", "Each column carried in is what last year's report carried out."},
		Advice:  Bilingual{"对照上年报告改正；上年报告有误的，在报告中说明。", "Correct it from last year's report; if that was wrong, say so in the report."},
		Formula: Bilingual{"本年“上年结转”＝上年“结转下年度继续办理”", "carried_in = last year's carried_out"},
		Example: Bilingual{"上年报告结转3件，本年“上年结转”填1件。", "Last year carried out 3; this year's carried in is 1."},
	},
	{
		ID: "Y102", Severity: Error, Since: "0.1", Clause: form2021 + "，第二部分",
		Title:   Bilingual{"现行有效件数与上年不衔接", "In force does not follow from last year"},
		Text:    Bilingual{"规章、行政规范性文件的现行有效件数，应等于上年现行有效加本年制发减本年废止。", "Regulations and normative documents in force are last year's, plus issued, less repealed."},
		Advice:  Bilingual{"按文件清单核对三个数；上年有误的，在报告中说明。", "Check the three figures against the list of documents; if last year's was wrong, say so in the report."},
		Formula: Bilingual{"现行有效＝上年现行有效＋本年制发－本年废止", "in_force = last year's in_force + issued − repealed"},
		Example: Bilingual{"上年现行有效10件，本年制发0件、废止3件，却填8件。", "10 in force last year, 0 issued and 3 repealed this year, but 8 in force."},
	},
	{
		ID: "Y103", Severity: Warning, Since: "0.1", Clause: article50,
		Title:   Bilingual{"数字较上年剧增或剧减", "A figure grew or shrank fivefold"},
		Text:    Bilingual{"两年中较大的数不小于20，且相差五倍及以上，多为填错行列、单位或多敲一位。", "One of the two years' figures is at least 20 and one is five times the other: often a wrong cell, a wrong unit or one digit too many."},
		Advice:  Bilingual{"核实；确属实情的，建议在第一部分说明原因。", "Check it; where it is right, section one should say why."},
		Formula: Bilingual{"max≥20 且 max≥5×min", "max ≥ 20 and max ≥ 5 × min"},
		Example: Bilingual{"行政处罚上年120件，本年1200件。", "120 penalties last year, 1200 this year."},
	},
	{
		ID: "Y104", Severity: Warning, Since: "0.1", Clause: article50,
		Title:   Bilingual{"文字大部分照抄上年", "The text is largely last year's"},
		Text:    Bilingual{"按段比较文字部分（年份和数字之外），与上年相同的部分达到一半时提示。标准的开头语不计。", "The text is compared by paragraph, leaving out years and figures; half of it or more is the same. The standard opening does not count."},
		Advice:  Bilingual{"按本年度实际情况重写。", "Write what was done this year."},
		Formula: Bilingual{"重复段落字数÷文字部分字数≥50%", "characters of repeated paragraphs ÷ characters of the text ≥ 50%"},
		Example: Bilingual{"“存在的主要问题及改进情况”与上年一字不差。", "“存在的主要问题及改进情况” is last year's to the letter."},
	},
}
