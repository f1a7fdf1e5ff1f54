package message

// Who sent what: which file counts for a body, and why.
var _ = add(map[string]text{
	"sender.byfile":      {"表中没有单位名称，按文件名认定为“{0}”", "the form names nobody; taken for “{0}” by the file's name"},
	"sender.alike":       {"表中单位为“{0}”，推定为名单上的“{1}”，请核实；如是同一单位，请在名单的“别名”列加上", "the form says “{0}”, which is probably “{1}” on the roster; please check, and add it to the roster's aliases if it is"},
	"sender.sum":         {"本身是汇总表，不与它汇总的单位重复计入", "a sum itself; not added to its own parts"},
	"sender.otheryear":   {"是{0}年的报告，本次为{1}年", "for {0}; the main year is {1}"},
	"sender.duplicate":   {"与“{0}”内容完全相同，只计一次", "the same bytes as {0}; counts once"},
	"sender.returned":    {"退回改正后的“{0}”已取代这一份", "{0}, the corrected marked copy, replaces it"},
	"sender.named":       {"按文件名，“{0}”是后一版", "by its name {0} is the later version"},
	"sender.errors":      {"这一份有错误，“{0}”没有", "it has errors, {0} has none"},
	"sender.time":        {"“{0}”修改时间较晚", "{0} was changed later"},
	"sender.order":       {"无法判断先后，取文件名排在后面的“{0}”，请核实", "nothing tells which is later; {0} comes last by its name: please check"},
	"sender.chosen":      {"同一单位报送了{0}个版本，计入这一份", "of {0} versions that the body sent, this one counts"},
	"sender.attachment":  {"附件（{0}），不是填报表", "an attachment ({0}), no filled form"},
	"sender.otherformat": {"不是填报表（{0}），请该单位报送填报表", "no filled form ({0}); ask for the form"},
	"sender.output":      {"本程序生成的结果文件，未改动", "an output of this program, unchanged"},
	"sender.misread":     {"名单上的单位大多没有对应的报送文件，而报来的单位大多不在名单上；名单可能没有读对，请检查单位名称是否在表头为“单位名称”的一列", "most on the roster sent nothing, and most that sent something are not on it: it was probably not read rightly; see that the names stand in a column headed 单位名称"},

	"rollup.obstacles":  {"有以下情况，不能汇总，未写入任何文件：{0}{1}{2}{3}\n核对后可加 --include-chosen：每个单位只计选定的一份，上面列出的不计入", "there is no sum, and nothing was written:{0}{1}{2}{3}\nsee to these, or go on with --include-chosen: of each body the one report that was chosen is added up, without those listed"},
	"rollup.years":      {"\n年度不一致：{0}份不是{2}年的报告：{1}", "\nother years: {0} not for {2}: {1}"},
	"rollup.forms":      {"\n表样不一致：{0}份不是{3}版表样：{1}；请这些单位用 nianbao template 生成的空白表重填", "\nother forms: {0} not on form {3}: {1}; have them filled in again on the form that nianbao template writes"},
	"rollup.versions":   {"\n重复报送：{0}份另有一份计入：{1}", "\nsent twice: of {0} another version counts: {1}"},
	"rollup.sums":       {"\n其中有汇总表，会与它汇总的单位重复计入：{1}（确要计入的，加 --include-sums）", "\nsums among their parts, which would count twice: {1} (--include-sums adds them all the same)"},
	"rollup.without":    {"未计入 {0}（{1}）：{2}", "left out {0} ({1}): {2}"},
	"rollup.failed":     {"文件无法读取", "could not be read"},
	"rollup.uncounted":  {"名单注明不计入", "the roster says that it is not counted"},
	"rollup.otherform":  {"用的是{0}版表样，不是{1}版", "on form {0}, not {1}"},
	"rollup.witherrors": {"有{0}个错误", "{0} errors"},
	"rollup.missing":    {"未报送", "sent nothing"},
	"flag.sums":         {"汇总表也按一份报告计入", "add up sums as well as their parts"},
	"flag.chosen":       {"年度、表样不一致或重复报送时，每个单位只计选定的一份", "where years, forms or versions are mixed, add up the one report of each body that was chosen"},
})
