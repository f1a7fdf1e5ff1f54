package message

// What the checks find. The key of a rule's finding is the rule's id; a rule
// that says several things adds a word: R102.ambiguous. What to do about it is
// the rule's advice and not repeated here.
var _ = add(map[string]text{
	"R101":           {"没有找到“{0}”的表", "no table for “{0}” was found"},
	"R101.ambiguous": {"有几处都像“{0}”的表（{1}），未读取", "several places could be the table of “{0}” ({1}); none was read"},
	"R102":           {"没有找到“{0}”一行（{1}）", "row “{0}” was not found ({1})"},
	"R102.ambiguous": {"有几行都像“{0}”（{1}），未读取", "several rows could be “{0}” ({1}); none was read"},
	"R103":           {"没有找到“{0}”一列（{1}）", "column “{0}” was not found ({1})"},
	"R103.ambiguous": {"有几列都像“{0}”（{1}），未读取", "several columns could be “{0}” ({1}); none was read"},
	"R104":           {"“{0}”的表出现不止一次：读取了{1}处的，未读取{2}处的", "the table of “{0}” stands more than once: the one at {1} was read, not {2}"},
	"R105":           {"“{0}”表外有数字，未读取：{1}", "figures outside the table of “{0}” were not read: {1}"},
	"R109":           {"报送的是 {0} 文件，已由 {1} 转换后读取", "the submission is a {0} file; {1} converted it before it was read"},
	"R106":           {"标签“{0}”{1}与统一格式不同，按“{2}”读取", "label “{0}”{1} was read as the form's “{2}”"},

	"R201":         {"“{0}”{1}填的是“{2}”，不是数字", "“{0}”{1} is “{2}”, which is no number"},
	"R202":         {"“{0}”{1}填的是{2}，不能为负", "“{0}”{1} is {2}; it cannot be negative"},
	"R203":         {"“{0}”{1}填的是{2}，件数应为整数", "“{0}”{1} is {2}; a count is whole"},
	"R204":         {"“{0}”的表有{1}格空白，按0处理：{2}", "the table of “{0}” has {1} blank figures, counted as 0: {2}"},
	"R205":         {"“{0}”{1}空白，已按各分项之和补为{2}", "“{0}”{1} is blank and was filled with the sum of its parts, {2}"},
	"R206":         {"“{0}”{1}是公式错误{2}", "“{0}”{1} shows the error {2}"},
	"R207":         {"“{0}”（{1}）的公式{2}没有存储结果，算得{3}", "“{0}” ({1}): formula {2} had no stored result; computed {3}"},
	"R207.several": {"“{0}”的表有{1}个公式没有存储结果，已经计算：{2}（如{3}＝{4}）", "the table of “{0}” has {1} formulas without a stored result; computed: {2} (such as {3}: {4})"},
	"R208":         {"“{0}”（{1}）的文本“{2}”读作{3}", "“{0}” ({1}): text “{2}” was read as {3}"},
	"R208.several": {"“{0}”的表有{1}格数字是文本，已读作数字：{2}（如“{3}”读作{4}）", "the table of “{0}” has {1} figures that are text; read as numbers: {2} (such as “{3}” as {4})"},

	"R301":       {"没有找到报告年度", "the reporting year was not found"},
	"R302":       {"没有找到单位名称", "the organization was not found"},
	"R303":       {"{0}年度应使用{3}年版表样，而表是{1}年版的（{2}）", "a report for {0} uses the form of {3}; the tables are of form {1} ({2})"},
	"R303.none":  {"{0}年度不适用{1}年版表样（{2}）", "form {1} ({2}) is not for {0}"},
	"R401":       {"没有找到“{0}”", "“{0}” was not found"},
	"R401.empty": {"“{0}”{1}没有内容", "“{0}”{1} is empty"},
	"R402":       {"“{0}”{1}只写了“{2}”", "“{0}”{1} says only “{2}”"},

	"A101": {"“{0}”一行合计不符：“{1}”{2}填{3}件，六类申请人相加为{4}件，相差{5}件", "row “{0}” does not add up: “{1}”{2} is {3}, the six kinds of applicants add up to {4}; difference {5}"},
	"A102": {"“{0}”列办理结果合计不符：“{1}”{2}填{3}件，各项办理结果相加为{4}件，相差{5}件", "column “{0}”: “{1}”{2} is {3}, the outcomes add up to {4}; difference {5}"},
	"A103": {"“{0}”列勾稽关系不符：新收{1}件＋上年结转{2}件＝{3}件，办理结果总计{4}件＋结转下年度{5}件＝{6}件，相差{7}件", "column “{0}” does not balance: {1} new + {2} carried in = {3}, but {4} handled + {5} carried out = {6}; difference {7}"},
	"A201": {"“{0}”合计不符：“{1}”{2}填{3}件，四种结果相加为{4}件，相差{5}件", "“{0}” does not add up: “{1}”{2} is {3}, the four results add up to {4}; difference {5}"},

	"N.says":                      {"文字写“{0}”", "the text says “{0}”"},
	"N.says.of":                   {"文字“{0}”中“{1}”为{2}", "the text says {2} for “{1}” in “{0}”"},
	"N.one":                       {"{0}，表中为{1}", "{0}, the table {1}"},
	"N.cell":                      {"{0}，表中为{1}（{2}）", "{0}, the table {1} ({2})"},
	"N.sum":                       {"{0}，表中为{1}（{2}：{3}）", "{0}, the table {1} ({2}: {3})"},
	"N.two":                       {"{0}，表中{1}{2}、{3}，都不是{4}件", "{0}, but the table{1} {2} or {3}: none is {4}"},
	"N.three":                     {"{0}，表中{1}{2}、{3}、{4}，都不是{5}件", "{0}, but the table{1} {2}, {3} or {4}: none is {5}"},
	"N.reading.new_received":      {"本年新收{0}件{1}", "has {0} new{1}"},
	"N.reading.new_received.more": {"加上年结转共{0}件", "with those carried in {0}"},
	"N.reading.processed_total":   {"办理结果总计{0}件{1}", "has {0} handled{1}"},
	"N.reading.carried_in":        {"上年结转{0}件{1}", "has {0} carried in{1}"},
	"N.reading.carried_out":       {"结转下年度{0}件{1}", "has {0} carried out{1}"},
	"N401":                        {"“{0}”{1}没有说明本年度是否收取信息处理费", "“{0}”{1} does not say whether an information-processing fee was charged"},
	"N402":                        {"文字中的分项{1}＝{2}，合计却写{3}：“{0}”", "the text's parts {1} = {2}, but it says {3} in all: “{0}”"},

	"Y101": {"“{0}”{1}填{2}件，{3}年报告结转下年度{4}为{5}件", "“{0}”{1} is {2}; the report for {3} carried out {5}{4}"},
	"Y102": {"“{0}”{1}填{2}件，按{3}年{4}件＋制发{5}件－废止{6}件应为{7}件", "“{0}”{1} is {2}; {4} in force in {3} + {5} issued − {6} repealed = {7}"},
	"Y103": {"“{0}”{1}为{2}，{3}年为{4}", "“{0}”{1} is {2}; for {3} it was {4}"},
	"Y104": {"文字有{0}%与{1}年报告相同（{2}段中有{3}段），如：“{4}”", "{0}% of the text is that of the report for {1} ({3} of {2} paragraphs), such as: “{4}”"},

	"H101":      {"“{0}”{1}为{2}，{3}份下级报告相加为{4}，相差{5}；最多的是：{6}", "“{0}”{1} is {2}; the {3} children add up to {4}; difference {5}. Most come from: {6}"},
	"H101.none": {"“{0}”{1}为{2}，{3}份下级报告都为0", "“{0}”{1} is {2}; it is 0 with all {3} children"},
	"H102":      {"名单上的“{0}”没有报送", "“{0}” is on the roster and sent nothing"},
	"H103":      {"“{0}”报送了{1}份：{2}", "“{0}” sent {1}: {2}"},
	"H104":      {"“{0}”是{1}年的报告，其余为{2}年", "“{0}” is for {1}, the others for {2}"},

	"roster.double":   {"名单中“{0}”既指“{1}”又指“{2}”；请改名或删去其中一个别名", "on the roster “{0}” stands for both “{1}” and “{2}”; change a name or remove an alias"},
	"roster.empty":    {"名单里没有单位名称；请在第一列每行填一个单位", "the roster has no names; put one into the first column of each row"},
	"roster.encoding": {"名单既不是 UTF-8 也不是 GBK 编码；请另存为 UTF-8 的 CSV 再试", "the roster is neither UTF-8 nor GBK; save it as CSV in UTF-8 and try again"},
	"roster.csv":      {"名单不是有效的 CSV：{0}；请用 Excel 或 WPS 打开后另存为 CSV 再试", "the roster is no valid CSV: {0}; open it and save it as CSV again"},

	"P101": {"“{0}”（{1}）在所有字体中都没有字形，PDF中印作〓：{2}", "no font has “{0}” ({1}); the PDF shows 〓: {2}"},
})
