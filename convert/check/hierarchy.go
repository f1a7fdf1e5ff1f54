package check

// hierarchyRules are the rules on a parent's report against its children's.
var hierarchyRules = []Rule{
	{
		ID: "H101", Severity: Error, Since: "0.1", Clause: article50,
		Title:   Bilingual{"汇总数不等于下级之和", "A parent's figure is not the sum of its children's"},
		Text:    Bilingual{"汇总报告每一格都应等于各报送单位同一格之和。列出相差的格和数字最大的单位。", "Each figure of the parent's report is the sum of its children's. The difference and the children that contribute most are listed."},
		Advice:  Bilingual{"先看是否有单位未报或重报，再核对列出的单位。", "See first whether one is missing or was counted twice, then check those listed."},
		Formula: Bilingual{"上级某格＝各下级该格之和", "parent = sum of children"},
		Example: Bilingual{"县汇总予以公开40件，各部门、乡镇相加为38件。", "The county granted 40; its departments and townships add up to 38."},
	},
	{
		ID: "H102", Severity: Warning, Since: "0.1", Clause: article50,
		Title:   Bilingual{"名单上的单位未报送", "An organization on the roster sent nothing"},
		Text:    Bilingual{"名单上的单位没有对应的报送文件。单位名称按去除空格、括号、全半角差异后比较，也比较名单第二列的别名。", "No submission is from an organization on the roster. Names are compared without spaces, brackets and width, and with the aliases of the second column."},
		Advice:  Bilingual{"催报；名称不同的，在名单第二列加别名。", "Ask for it; where the name differs, add an alias to the roster."},
		Example: Bilingual{"名单有“县水务局”，没有收到它的报告。", "“县水务局” is on the roster and sent nothing."},
	},
	{
		ID: "H103", Severity: Warning, Since: "0.1", Clause: article50,
		Title:   Bilingual{"同一单位重复报送", "An organization sent two"},
		Text:    Bilingual{"同一单位有两份以上报送文件，汇总会重复计算。", "There are two or more submissions from one organization; a sum counts it twice."},
		Advice:  Bilingual{"保留最终版，删去其余。", "Keep the last one, remove the others."},
		Example: Bilingual{"“县教育局.xlsx”和“县教育局（改）.xlsx”。", "“县教育局.xlsx” and “县教育局（改）.xlsx”."},
	},
	{
		ID: "H104", Severity: Warning, Since: "0.1", Clause: article50,
		Title:   Bilingual{"报送年度不一致", "Submissions of different years are mixed"},
		Text:    Bilingual{"报送文件不属于同一年度，汇总没有意义。", "The submissions are not all for the same year; their sum means nothing."},
		Advice:  Bilingual{"换成本年度的文件。", "Replace it by this year's."},
		Example: Bilingual{"其余是2024年的报告，一份是2023年的。", "One is for 2023, the others for 2024."},
	},
}
