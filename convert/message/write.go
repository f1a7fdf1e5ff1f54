package message

// What the writers say in the files that they write.
var _ = add(map[string]text{
	"write.blank":       {"原表空白，按 0 计（原单元格 {1}）", "blank in the submission, counted as 0 (cell {1})"},
	"write.total":       {"原表空白，由各分项合计得 {0}（原单元格 {1}）", "blank in the submission, added up from its parts: {0} (cell {1})"},
	"write.unread":      {"原表此处不是有效数字，原样照录", "not a valid number in the submission; shown as it stands"},
	"write.nototal":     {"原表此处空白，而各分项中有的不是有效数字，无法补填", "blank in the submission, and some of its parts are not valid numbers: it cannot be filled in"},
	"write.notfound":    {"原表中没有找到这一行或这一列", "the submission has no such row or column"},
	"write.hint":        {"从这里起填写，每个自然段一格；标题不要改动。", "Write here, a paragraph a cell; leave the heading as it is."},
	"write.whole":       {"请填写不小于 0 的整数", "enter a whole number that is not negative"},
	"write.change":      {"请填写整数，减少用负数", "enter a whole number, negative for a fall"},
	"write.amount":      {"请填写不小于 0 的金额，单位：{0}", "enter an amount that is not negative, in {0}"},
	"annotate.title":    {"{0} 个错误，{1} 个警告。点“位置”可跳到相应单元格。", "{0} errors, {1} warnings. Click a place to go to its cell."},
	"annotate.number":   {"序号", "no."},
	"annotate.severity": {"级别", "severity"},
	"annotate.rule":     {"规则", "rule"},
	"annotate.cell":     {"位置", "place"},
	"annotate.cells":    {"{0} 等 {1} 处", "{0} and others, {1} in all"},
	"annotate.message":  {"问题", "what is wrong"},
	"annotate.expected": {"应为／对照", "expected"},
	"annotate.actual":   {"实为", "actual"},

	"annotate.own.expected":  {"应为 {0}", "expected {0}"},
	"annotate.own.actual":    {"实为 {0}", "is {0}"},
	"annotate.side.expected": {"左边 {0}", "left side {0}"},
	"annotate.side.actual":   {"右边 {0}", "right side {0}"},
	"annotate.text.expected": {"表中 {0}", "table {0}"},
	"annotate.text.actual":   {"文字 {0}", "text {0}"},

	"annotate.advice": {"怎么办", "what to do"},

	"write.year":    {"请填写 4 位年份，不早于 {0} 年", "enter a year of four digits, {0} or later"},
	"write.invalid": {"填写有误", "not valid"},
})
