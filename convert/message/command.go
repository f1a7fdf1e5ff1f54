package message

// What the command says: about files, flags and how it went.
var _ = add(map[string]text{
	"file.missing":    {"没有这个文件；请检查路径和文件名", "there is no such file; check its path and name"},
	"file.folder":     {"这是一个文件夹；请给出其中的填报表文件", "this is a folder; name a filled form in it"},
	"file.special":    {"这不是普通文件，无法读取", "this is not a regular file"},
	"file.unreadable": {"无法打开文件（{0}）；请检查是否有读取权限、是否被其他程序占用", "the file cannot be opened ({0}); check its permissions and whether another program holds it"},
	"file.unwritable": {"无法写入 {0}（{1}）；请检查文件夹权限和磁盘空间⟦，或用 -o 另指定输出文件夹|，或把填报表复制到“桌面”再试⟧", "cannot write {0} ({1}); check the folder's permissions and the disk, or ⟦name another folder with -o|copy the form to the desktop and try it there⟧"},
	"file.inuse":      {"{0} 正在其他程序（如 WPS、Excel、PDF 阅读器）中打开，未能更新；请关闭它，然后重试", "{0} is open in another program, such as Excel or a PDF viewer, so it was not written; close it there, then try again"},
	"file.overwrites": {"输出 {0} 会覆盖填报表本身，未写入；请⟦用 -o 另指定输出文件夹|把填报表改名后再试⟧", "the output {0} would replace the input; ⟦name another folder with -o|rename the input, then try again⟧"},

	"cmd.workbook":   {"写出的是 Excel 工作簿，文件名请以 .xlsx 结尾，如 -o {0}.xlsx", "what is written is an Excel workbook; name it with .xlsx at the end, such as -o {0}.xlsx"},
	"file.foreign":   {"{0} 已经存在，而且不是本程序生成的，或者已有人改动，未覆盖；请⟦移走或改名，或用 -o 另指定输出文件夹|把它移走或改名，再试一次⟧", "{0} exists and was not made by this program, or has been changed since; move it away⟦, or name another folder with -o|, then try again⟧"},
	"file.exists":    {"已有同名文件，未覆盖；请⟦用 -o |⟧另取文件名", "there is a file with this name already; give another⟦ with -o|⟧"},
	"file.twice":     {"输出 {0} 刚由另一个文件生成，两个文件重名；请⟦用 -o 指定输出文件夹，或|⟧改名后再试", "the output {0} was just made of another file with the same name; ⟦name a folder with -o, or |⟧rename one"},
	"file.ownoutput": {"这是本程序为 {0} 生成的文件，不是报送的表格，已跳过", "this is what the program made of {0}, not a submission; passed over"},

	"cause.permission":   {"没有权限", "permission denied"},
	"cause.missing":      {"路径不存在", "no such file or folder"},
	"cause.inuse":        {"文件正在其他程序（如 Excel、WPS）中打开，请先关闭", "another program, such as Excel, has the file open; close it first"},
	"cause.readonlyfile": {"文件设为只读；请在它的“属性”中去掉“只读”", "the file is marked as read-only; clear that in its properties"},
	"cause.full":         {"磁盘已满", "the disk is full"},
	"cause.notready":     {"磁盘或U盘没有就绪，可能已拔出", "the disk is not ready; it may have been taken out"},
	"cause.network":      {"网络断开，找不到共享文件夹", "the network or the shared folder is gone"},
	"cause.toolong":      {"文件名或路径太长；请改短文件名，或把文件放到层次较浅的文件夹", "the name or its path is too long; shorten it, or put the file into a folder less deep"},
	"cause.virus":        {"被杀毒软件拦下；请查看杀毒软件的提示", "the virus scanner stopped it; see what it says"},
	"cause.cloud":        {"文件在网盘云端，没有下载到本机；请先在网盘中选“始终保留在此设备上”", "the file is in the cloud and not on this machine; download it there first"},
	"cause.disk":         {"磁盘读写出错，可能已损坏", "the disk fails to read or write; it may be damaged"},
	"cause.readonly":     {"磁盘或文件夹为只读", "the disk is read-only"},
	"cause.time":         {"用时过长", "it took too long"},
	"cause.folder":       {"路径中有文件夹与文件混淆", "a folder stands where a file should, or the reverse"},

	"convert.format": {"不认识输出格式“{0}”；可用：pdf、docx、html、xlsx、json、annotated", "unknown output format {0}; there are pdf, docx, html, xlsx, json and annotated"},

	"cmd.nofiles":      {"没有给出填报表文件", "no file was named"},
	"cmd.schema":       {"没有名为“{0}”的格式说明；可用：{1}", "there is no schema {0}; there are {1}"},
	"cmd.pipe":         {"从标准输入读取（-）时，请用 -t 指定一种输出格式，或用 -o 指定输出文件夹", "with - (standard input), give one format with -t, or a folder with -o"},
	"cmd.pipe.several": {"文件中有 {0} 份报告，不能写到标准输出；请用 -o 指定输出文件夹", "the file holds {0} reports, too many for the standard output; name a folder with -o"},
	"cmd.arguments":    {"多出的内容：{0}", "unexpected argument: {0}"},
	"cmd.flag":         {"参数有误：{0}", "{0}"},
	"cmd.findings":     {"不认识输出格式“{0}”；可用：text、json、sarif", "unknown format {0}; there are text, json and sarif"},
	"cmd.lang":         {"不认识语言“{0}”；可用：zh、en", "unknown language {0}; there are zh and en"},
	"cmd.form":         {"没有 {0} 版表样；可用：{1}", "there is no form {0}; there are {1}"},
	"cmd.year":         {"年份 {0} 不对；请用 4 位年份，如 --year 2024", "year {0} is out of range; use four digits: --year 2024"},
	"cmd.severity":     {"没有“{0}”这一级别；接受：错误、警告、提示（error、warning、info）", "unknown severity {0}; there are error, warning and info"},
	"cmd.oneparent":    {"--prior 和 --children 每次只核对一个文件", "--prior and --children go with one file"},
	"cmd.empty":        {"文件夹里没有填报表；请检查路径", "there are no filled forms in it; check the path"},
	"cmd.priorfolder":  {"--prior 应为一份报告，而 {0} 是文件夹；文件夹请用 --prior-dir", "--prior takes one report and {0} is a folder; use --prior-dir for a folder"},
	"cmd.noprior":      {"没有找到“{0}”{1}年的年报，未做跨年核对", "no report of {0} for {1} was found; the years were not compared"},
	"cmd.noflag":       {"没有选项 {0}；文件名以“-”开头时请写成 ./{0}", "there is no flag {0}; a file whose name begins with - is written ./{0}"},
	"cmd.novalue":      {"选项 {0} 后面缺少内容", "flag {0} needs a value"},
	"cmd.badvalue":     {"选项 --{0} 的取值“{1}”不对；时长写成 30s 或 1m，数量写阿拉伯数字", "{1} is no value for flag --{0}"},
	"cmd.date":         {"日期“{0}”不对；请写成 2025年1月20日 或 2025-01-20", "{0} is no date; write 2025-01-20 or 2025年1月20日"},
	"cmd.priorfor":     {"--prior 给的是{0} {1}年的年报，不能用来核对{2} {3}年的年报", "--prior gives the report of {0} for {1}, which is not the one before that of {2} for {3}"},
	"cmd.childwrong":   {"有 {0} 个错误；能读出的数字都已计入下级合计", "has {0} errors; whatever could be read of it is in the children's sums"},
	"cmd.limit":        {"上限须为正数", "a limit must be a positive number"},
	"cmd.rule":         {"没有规则 {0}；用 nianbao rules 查看全部规则", "there is no rule {0}; nianbao rules lists them all"},
	"cmd.stdout":       {"结果没有写完（{0}），屏幕或重定向的文件中的内容不完整；请检查磁盘空间，或换个位置再试", "the results could not be written to their end ({0}), and what is on standard output is not complete; check the disk, or send them elsewhere"},
	"cmd.stopped":      {"已中断", "interrupted"},
	"cmd.enter":        {"按回车键关闭窗口", "press Enter to close this window"},
	"cmd.try":          {"用法见 nianbao --help", "see nianbao --help"},

	"severity.error":   {"错误", "error"},
	"severity.warning": {"警告", "warning"},
	"severity.info":    {"提示", "info"},

	"out.good":         {"校验通过", "no errors"},
	"out.counts":       {"{0} 个错误，{1} 个警告", "{0} errors, {1} warnings"},
	"out.ofthese":      {"（其中{0}个由其他问题引起）", " ({0} of them follow from another)"},
	"out.consequences": {"由此引起：", "from this follows:"},
	"out.written":      {"已生成 {0}", "wrote {0}"},
	"out.standin":      {"没有找到仿宋字体，PDF正文以 {0} 代替⟦（见 nianbao fonts）|⟧", "no 仿宋 (FangSong) face was found; {0} stands in for it in the PDF⟦ (see nianbao fonts)|⟧"},
	"out.draft":        {"有错误未改正，打印、发布用的文件每页带“{0}”字样；改正后重新转换", "errors stand, so every page to print or publish is marked as a draft ({0}); correct them and convert again"},
	"out.advice":       {"处理建议：{0}", "what to do: {0}"},
	"out.more":         {"同类提示另有 {0} 处", "{0} more of this rule"},
	"out.template":     {"已生成空白表样 {0}", "wrote the empty form {0}"},

	"fonts.standin":  {"没有找到{0}的标准字体，以此代替", "no official face for {0} was found; this one stands in for it"},
	"fonts.embedded": {"内嵌", "embedded"},
	"fonts.lacks":    {"缺通用规范汉字 {0} 个，改用其他字体：{1}…", "lacks {0} of the standard characters, which other faces print: {1}…"},

	"rule.clause":  {"依据", "source"},
	"rule.formula": {"公式", "formula"},
	"rule.example": {"示例", "example"},
	"rule.advice":  {"处理建议", "what to do"},

	"usage.head": {`nianbao 读取填好的政府信息公开工作年度报告表，校验勾稽关系，生成可打印的 PDF 和规范的 XLSX。

用法：
  nianbao [convert] [选项] 路径...      转换填报表或整个文件夹（拖到程序上也可以）
  nianbao check [选项] 文件...          只校验，不生成文件；可与上年、与下级核对
  nianbao rollup -o 汇总表.xlsx 路径... 把各单位的报告相加成本级报告
  nianbao merge 文件夹...               合并分批转换的汇总
  nianbao template [选项]               生成空白表样，供各单位填写
  nianbao rules [规则编号...]           查看校验规则
  nianbao export -o 文件夹 结果文件夹   把批量结果导出为 CSV 表
  nianbao book -o 汇编.pdf 结果文件夹   把各单位的报告装订成一册
  nianbao schema [名称]                 JSON 结果的格式说明（JSON Schema）
  nianbao fonts                         查看 PDF 使用的字体
  nianbao version                       版本

选项（convert）：`, `nianbao reads a filled form of the yearly report on government information
disclosure, checks it, and writes a PDF to print and a normalized XLSX.

usage:
  nianbao [convert] [flags] PATH...     convert filled forms or folders (or drop one on the program)
  nianbao check [flags] FILE...         check only, also against last year and against children
  nianbao rollup -o COUNTY.xlsx PATH... add up many reports into their county's
  nianbao merge OUT...                  join the summaries of shards
  nianbao template [flags]              write the empty form to hand out
  nianbao rules [ID...]                 the rules and what they mean
  nianbao export -o DIR OUT             the results of a batch as CSV tables
  nianbao book -o VOLUME.pdf OUT        the reports of a batch bound into one volume
  nianbao schema [NAME]                 the schemas of the JSON that is written
  nianbao fonts                         which fonts the PDF is printed with
  nianbao version

flags of convert:`},
	"usage.check":    {"用法：nianbao check [选项] 文件...", "usage: nianbao check [flags] FILE..."},
	"usage.template": {"用法：nianbao template [选项]", "usage: nianbao template [flags]"},
	"usage.rules":    {"用法：nianbao rules [选项] [规则编号...]", "usage: nianbao rules [flags] [ID...]"},
	"usage.schema":   {"用法：nianbao schema [名称]        列出或输出 JSON 格式说明（JSON Schema）", "usage: nianbao schema [NAME]        list the schemas of the JSON that is written, or write one"},
	"usage.book": {"用法：nianbao book -o 汇编.pdf [选项] 结果文件夹\n\n把批量转换生成的各单位 PDF 按名单顺序装订成一册：封面、目录、书签，通编页码。\n每个单位收录计入汇总的那一份；有错误的和未报的不收录，并逐一列出。",
		"usage: nianbao book -o VOLUME.pdf [flags] OUT\n\nBinds the PDFs of a batch into one volume in the order of the roster, with a cover, contents,\nbookmarks and continuous page numbers. Reports with errors are left out, and named."},
	"usage.export": {"用法：nianbao export -o 文件夹 结果文件夹...\n\n把批量转换的结果导出为 CSV 表：figures.csv 每个数字一行，findings.csv 每个问题一行。以 = + - @ 等开头的文字前面加有单引号，表格软件不会当作公式。",
		"usage: nianbao export -o DIR OUT...\n\nWrites the results of batches as CSV tables: figures.csv has a row a figure, findings.csv a row a finding. A text that begins with = + - @ or the like has an apostrophe before it, so that no spreadsheet program takes it for a formula."},
	"usage.fonts":   {"用法：nianbao fonts [选项]", "usage: nianbao fonts [flags]"},
	"usage.version": {"用法：nianbao version", "usage: nianbao version"},
	"usage.status": {`运行结果代码：0 没有错误；1 有必须改正的问题；2 有文件无法读取或写入，或命令有误（多个文件中，没有年报表格的附件不算）；130 被 Ctrl-C 中断。`,
		`exit status: 0 no error-level finding; 1 error-level findings; 2 something could not be read or written (of several files, not for those without any of the form's tables), or the command was wrong; 130 interrupted`},

	"flag.out":          {"输出文件夹（默认与填报表相同）", "folder for the outputs (default: beside the input)"},
	"flag.to":           {"输出格式，逗号分隔：pdf（打印）、docx（Word 文档，可修改）、html（网页）、xlsx、json、annotated（标注错误的副本）。默认 pdf,xlsx，有错误时加 annotated", "outputs, separated by commas: pdf (to print), docx (Word, to edit), html (a web page), xlsx, json, annotated (a copy with what is wrong marked); default pdf,xlsx, and annotated while errors stand"},
	"flag.year":         {"报告年度（表中没有写时使用）", "reporting year, where the file does not say"},
	"flag.org":          {"单位名称（表中没有写时使用）", "name of the organization, where the file does not say"},
	"flag.password":     {"打开加密表格的密码", "password of an encrypted workbook"},
	"flag.timeout":      {"每个文件的时限", "time that one file may take"},
	"flag.size":         {"文件大小上限（MiB）", "largest file, in MiB"},
	"flag.unpacked":     {"解压后大小上限（MiB）", "largest file when unpacked, in MiB"},
	"flag.cells":        {"有内容的单元格数上限", "most cells that hold something"},
	"flag.force":        {"有错误或汇总表文字未齐也不加草稿字样", "no draft mark although errors stand or texts of a sum are missing"},
	"flag.draft":        {"加草稿字样", "mark every page as a draft"},
	"flag.seal":         {"落款按加盖印章的位置排（GB/T 9704 7.3.5.1）", "place the signature for a seal (GB/T 9704 7.3.5.1)"},
	"flag.date":         {"落款日期，如 2025年1月20日（默认用表中的填报日期）", "date of the signature as it is printed (default: the form's own)"},
	"flag.fonts":        {"优先使用的字体文件夹", "folder of fonts that come before all others"},
	"flag.lang":         {"提示语言：zh 或 en（默认随系统）", "language: zh or en (default: the locale)"},
	"flag.format":       {"结果格式：text、json 或 sarif", "format of the findings: text, json or sarif"},
	"flag.prior":        {"上一年度的年报，用于核对跨年数据", "last year's report, to compare with"},
	"flag.priordir":     {"上一年度年报所在文件夹，按单位名称对应", "folder of last year's reports, matched by organization"},
	"flag.children":     {"下级单位年报所在文件夹，用于核对汇总", "folder of the children's reports, to compare the sums with"},
	"flag.roster":       {"应报送单位名单（XLSX 或 CSV，每行一个单位）", "the organizations that should report (XLSX or CSV, one a row)"},
	"flag.ignore":       {"不检查的规则，逗号分隔", "rules to leave out, separated by commas"},
	"flag.claims":       {"逐个列出文字中的数字与表中哪些单元格作了比对", "list what figures of the text were compared with what"},
	"out.claim.agrees":  {"相符", "agrees"},
	"out.claim.differs": {"不符", "differs"},
	"out.claim.unknown": {"表中空白", "blank"},
	"out.claim.none":    {"未比对", "no match"},
	"flag.severity":     {"只显示此级别及以上：error、warning 或 info", "show only this severity and above: error, warning or info"},
	"flag.form":         {"表样版本", "the national form"},
	"flag.export":       {"CSV 表所在的文件夹", "folder for the CSV tables"},
	"flag.file":         {"输出文件", "the file to write"},
	"flag.help":         {"显示用法", "show this help"},
})
