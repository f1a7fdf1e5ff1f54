package message

// What is said about many files: while they are converted, and in their summary.
var _ = add(map[string]text{
	"convert.panic":    {"处理这份文件时程序出错（{0}）；请把文件发给开发者，其他文件不受影响", "the program failed on this file ({0}); please report it with the file; other files are not affected"},
	"batch.empty":      {"{0} 中没有找到填报表（另有 {1} 个其他文件）；请检查路径，或用 --include 指定文件名", "there are no filled forms in {0} ({1} other files); check the path, or say with --include which files to take"},
	"batch.pattern":    {"通配符“{0}”写法有误", "the pattern {0} is malformed"},
	"batch.folder":     {"无法打开文件夹（{0}）；请检查权限", "the folder cannot be opened ({0}); check its permissions"},
	"batch.noout":      {"批量转换请用 -o 指定输出文件夹", "name a folder for the outputs with -o"},
	"batch.unwritable": {"输出文件夹 {0} 无法继续写入（{1}），已停止；请清理磁盘或检查权限，再用 --resume 接着转换", "the output folder {0} can no longer be written to ({1}); free some space or check its permissions, then go on with --resume"},
	"batch.unreadable": {"无法读取已有的结果文件 {0}（{1}）；请删去它后重试", "the results {0} of an earlier run cannot be read ({1}); delete the file and try again"},

	"summary.title":    {"政府信息公开工作年度报告报送情况汇总", "Yearly reports on government information disclosure: summary"},
	"summary.year":     {"{0}年", "{0}"},
	"summary.years":    {"{0}年 {1} 份", "{0}: {1}"},
	"summary.count":    {"共 {0} 份", "{0} submissions"},
	"summary.stopped":  {"已中断，尚有 {0} 份未处理", "interrupted, {0} still to do"},
	"summary.totals":   {"报送情况", "Submissions"},
	"summary.frequent": {"最常见的问题（规则、条数）", "Most frequent findings (rule, number)"},

	"summary.submissions": {"报送份数", "Submissions"},
	"summary.received":    {"本年新收申请（件）", "Applications received"},

	"summary.chart.received": {"新收申请最多的单位（件）", "Applications received, the largest"},
	"summary.chart.outcomes": {"申请办理结果（件）", "Outcomes of applications"},

	"summary.status.good":     {"通过", "good"},
	"summary.status.warnings": {"有警告", "warnings"},
	"summary.status.errors":   {"有错误", "errors"},
	"summary.status.failed":   {"无法处理", "failed"},

	"summary.attention.missing":  {"未报送", "sent nothing"},
	"summary.attention.unread":   {"报来的文件无法处理", "sent a file that failed"},
	"summary.attention.double":   {"重复报送", "sent two or more"},
	"summary.attention.unlisted": {"不在名单上", "not on the roster"},

	"summary.sheet.overview":    {"汇总", "Summary"},
	"summary.sheet.submissions": {"报送清单", "Submissions"},
	"summary.sheet.findings":    {"问题清单", "Findings"},
	"summary.sheet.attention":   {"未报与重报", "Missing and doubled"},
	"summary.sheet.figures":     {"数据 {0}表", "Figures {0}"},

	"summary.organization": {"单位", "organization"},
	"summary.file":         {"文件", "file"},
	"summary.files":        {"文件", "files"},
	"summary.yearhead":     {"年度", "year"},
	"summary.status":       {"状态", "status"},
	"summary.errors":       {"错误", "errors"},
	"summary.warnings":     {"警告", "warnings"},
	"summary.problem":      {"首个问题", "first problem"},
	"summary.pdf":          {"PDF", "PDF"},
	"summary.normalized":   {"规范表", "normalized"},
	"summary.annotated":    {"标注", "marked copy"},
	"summary.severity":     {"级别", "severity"},
	"summary.rule":         {"规则", "rule"},
	"summary.cell":         {"位置", "cell"},
	"summary.message":      {"问题", "what is wrong"},
	"summary.expected":     {"应为", "expected"},
	"summary.actual":       {"实为", "actual"},
	"summary.advice":       {"怎么办", "what to do"},
	"summary.attention":    {"情况", "what"},

	"summary.outputs": {"结果文件", "outputs"},
	"summary.search":  {"搜索单位、文件、问题", "search"},
	"summary.every":   {"全部", "all"},
	"summary.leftout": {"报送数量较多，此处先列需要处理的；另有 {0} 份未列出，见汇总表格（XLSX）。", "Only so many fit here, those that need work first; {0} more are in the workbook."},

	"summary.link.pdf":        {"PDF", "PDF"},
	"summary.link.normalized": {"规范表", "XLSX"},
	"summary.link.annotated":  {"标注", "marked"},
})
