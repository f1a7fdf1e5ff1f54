package message

// What is said about many files: while they are converted, and in their summary.
var _ = add(map[string]text{
	"convert.panic":    {"处理这份文件时程序出错（{0}）；请把文件发给开发者，其他文件不受影响", "the program failed on this file ({0}); please report it with the file; other files are not affected"},
	"batch.empty":      {"{0} 中没有找到填报表（另有 {1} 个其他文件）；请检查路径，或用 --include 指定文件名", "there are no filled forms in {0} ({1} other files); check the path, or say with --include which files to take"},
	"batch.pattern":    {"通配符“{0}”写法有误", "the pattern {0} is malformed"},
	"batch.folder":     {"无法打开文件夹（{0}）；请检查权限", "the folder cannot be opened ({0}); check its permissions"},
	"batch.noout":      {"批量转换请用 -o 指定输出文件夹", "name a folder for the outputs with -o"},
	"batch.busy":       {"另一个 nianbao 正在向 {0} 写入；请等它完成，或用 -o 指定别的文件夹", "another nianbao is writing to {0}; wait until it is done, or name another folder with -o"},
	"batch.unwritable": {"输出文件夹 {0} 无法继续写入（{1}），已停止；请清理磁盘或检查权限，再用 --resume 接着转换", "the output folder {0} can no longer be written to ({1}); free some space or check its permissions, then go on with --resume"},
	"batch.unreadable": {"无法读取已有的结果文件 {0}（{1}）；请删去它后重试", "the results {0} of an earlier run cannot be read ({1}); delete the file and try again"},

	"batch.list":       {"无法读取文件清单 {0}（{1}）", "the list {0} cannot be read ({1})"},
	"batch.shard":      {"分片“{0}”写法有误；应为 K/N，K 从 0 到 N-1，如 --shard 0/4", "{0} is no shard; write K/N with K from 0 to N-1: --shard 0/4"},
	"batch.jobs":       {"--jobs {0} 不对；请给出正整数", "--jobs {0} is out of range; give a positive number"},
	"batch.done":       {"共 {0} 份：通过 {1}，有警告 {2}，有错误 {3}，无法处理 {4}", "{0} submissions: {1} good, {2} with warnings, {3} with errors, {4} failed"},
	"batch.missing":    {"名单上未报送的单位：{0} 个", "on the roster and sent nothing: {0}"},
	"batch.unread":     {"名单上报来的文件无法处理的单位：{0} 个", "on the roster, whose file failed: {0}"},
	"batch.double":     {"重复报送的单位：{0} 个", "sent two or more: {0}"},
	"batch.unlisted":   {"不在名单上的单位：{0} 个", "not on the roster: {0}"},
	"batch.skipped":    {"其中 {0} 份未变，沿用上次结果", "{0} of them are unchanged and were not converted again"},
	"batch.passed":     {"文件夹中另有 {0} 个文件不是填报表，未处理", "{0} other files in the folders are no filled forms"},
	"batch.stopped":    {"已中断，尚有 {0} 份未处理；加 --resume 可接着转换", "interrupted, {0} still to do; go on with --resume"},
	"batch.see":        {"汇总见 {0} 和 {1}", "see {0} and {1}"},
	"batch.morefailed": {"另有 {0} 份无法处理，见汇总", "{0} more failed, see the summary"},
	"batch.progress":   {"已处理 {0}/{1}，有问题 {2}，每秒 {3} 份，还需 {4}", "{0}/{1} done, {2} with errors, {3} a second, {4} left"},
	"batch.summing":    {"{0} 份已处理完，正在汇总…", "all {0} done, summing up…"},
	"batch.bad":        {"有问题 {0}", "{0} with errors"},
	"batch.each":       {"份", "files"},

	"flag.include": {"文件夹中只取匹配的文件，如 '*2024*.xlsx'（可多次给出）", "take from folders only what matches, such as '*2024*.xlsx' (may be given several times)"},
	"flag.exclude": {"不取匹配的文件或文件夹（可多次给出）", "leave out files and folders that match (may be given several times)"},
	"flag.list":    {"从文件读取填报表路径，每行一个；- 为标准输入", "read paths from a file, one a line; - is standard input"},
	"flag.jobs":    {"同时处理的份数（默认为处理器核数）", "files at a time (default: one for each core)"},
	"flag.resume":  {"接着上次：未变的不再转换", "go on: leave out what was converted before and has not changed"},
	"flag.quiet":   {"不显示进度和结果", "show no progress and no result"},
	"flag.shard":   {"只处理第 K 片（共 N 片），写作 K/N，K 从 0 起", "only the K-th of N parts, K/N, from 0"},

	"rollup.noout":     {"请用 -o 指定汇总表文件，如 -o 全县.xlsx", "name the file to write with -o, such as -o county.xlsx"},
	"rollup.none":      {"没有可以汇总的报告（共找到 {0} 份，另有 {1} 个其他文件）；有错误的报告可用 --include-errors 计入", "there is no report to add up ({0} found, {1} other files); --include-errors takes those with errors, too"},
	"rollup.exists":    {"{0} 已经存在，而且不是先前生成的汇总表；请换一个文件名", "{0} exists and is no sum that was written before; name another file"},
	"rollup.texts":     {"{0} 中已经写了文字，重新汇总会覆盖；请换一个文件名，或先把它移走", "texts have been written into {0}, which adding up again would overwrite; name another file, or move it away first"},
	"rollup.sum":       {"注意：{0} 本身是汇总表，按一份报告计入；它汇总的单位如也在其中，会重复计算", "note: {0} is a sum itself and counts as one report; if those that it adds up are among the others, they count twice"},
	"rollup.year":      {"年度不一致，不能汇总：{0} 是 {1} 年，{2} 是 {3} 年；请移走其他年度的文件，或用 --year 指定年度后查看是哪些文件", "the years differ, so there is no sum: {0} is for {1}, {2} for {3}; remove the files of other years"},
	"rollup.otheryear": {"{0} 是 {1} 年的报告，不是 {2} 年，不能汇总；请移走其他年度的文件", "{0} is for {1}, not for {2}, so there is no sum; remove the files of other years"},
	"rollup.form":      {"表样不一致，不能汇总：{0} 用的是 {1} 版，{2} 用的是 {3} 版；请让填错表样的单位用 nianbao template 生成的空白表重填", "the forms differ, so there is no sum: {0} is on form {1}, {2} on form {3}; have the wrong ones filled in again on the form that nianbao template writes"},
	"rollup.leftout":   {"未计入 {0}（{1} 个错误）：{2}", "left out {0} ({1} errors): {2}"},
	"rollup.included":  {"已计入但有错误 {0}（{1} 个错误）：{2}", "included in spite of errors {0} ({1} errors): {2}"},
	"rollup.written":   {"已生成汇总表 {0}，由 {1} 份报告相加", "wrote {0}, the sum of {1} reports"},

	"usage.rollup": {`用法：nianbao rollup -o 汇总表.xlsx [选项] 路径...

把各单位的报告逐格相加，生成本级的填报表；“来源”表列出每个数字由哪些单位组成。
文字部分留空，各单位的文字附在“各单位文字”表里供参考。`, `usage: nianbao rollup -o COUNTY.xlsx [flags] PATH...

Adds up the reports of many organizations into their county's form. Its sheet 来源
gives each contributor's share of every figure; the texts are left to be written,
with the contributors' own in the sheet 各单位文字.`},
	"flag.rollup":  {"汇总表文件", "the file to write"},
	"flag.parent":  {"汇总单位的名称", "name of the organization that the sum is the report of"},
	"flag.sumyear": {"报告年度；其他年度的报告不予汇总", "reporting year; reports of other years are refused"},
	"flag.errors":  {"有错误级问题的报告也计入", "add up reports with error-level findings, too"},

	"batch.rosterofshard": {"分片转换看不到全部报送，请在 nianbao merge 时用 --roster", "a shard does not see all submissions; give --roster to nianbao merge"},

	"merge.folder":     {"无法打开文件夹 {0}（{1}）", "the folder {0} cannot be opened ({1})"},
	"merge.none":       {"{0} 中没有转换结果（results.jsonl）；请给出批量转换的输出文件夹", "there are no results in {0}; name folders that batches wrote to"},
	"merge.unfinished": {"{0}：这一批尚未完成；请用 --resume 接着转换后再合并", "{0}: this batch is not finished; go on with --resume, then merge again"},
	"merge.mixed":      {"{0} 中既有分成 {1} 片的结果，又有分成 {2} 片的结果，合并会重复计算；请删去其中一种的 results、summary 文件", "{0} has results of shards of {1} and of {2}, which would count twice; delete the files results and summary of one kind"},
	"merge.shard":      {"缺少第 {0} 片（共 {1} 片）；请转换后再合并", "shard {0} of {1} is missing; convert it, then merge again"},
	"usage.merge":      {"用法：nianbao merge [-o 文件夹] [选项] 文件夹...\n\n合并各分片（或各次）批量转换的结果，生成一份汇总。", "usage: nianbao merge [-o DIR] [flags] OUT...\n\nJoins the results of shards, or of several batches, into one summary."},
	"flag.merge":       {"汇总写入的文件夹（默认为当前文件夹；只给出一个文件夹时为该文件夹）", "folder for the summary (default: the current one, or the only one that is named)"},

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
