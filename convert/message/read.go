package message

// What the reader says when a file cannot be read. Each says what to do.
var _ = add(map[string]text{
	"read.format.empty":     {"文件是空的（0 字节），请让报送单位重新发送", "the file is empty (0 bytes); ask for it to be sent again"},
	"read.format.named":     {"这是 {0} 文件，不是 Excel 表格；请把填报表另存为 .xlsx 再试", "this is a {0} file, not a workbook; save the filled form as .xlsx and try again"},
	"read.format.other":     {"这不是 Excel 表格；请把填报表另存为 .xlsx 再试", "this is not a workbook; save the filled form as .xlsx and try again"},
	"read.format.text":      {"这是文本或 CSV 文件，不是 Excel 表格；请用 Excel 或 WPS 打开原表，另存为 .xlsx 再试", "this is a text or CSV file, not a workbook; save the filled form as .xlsx and try again"},
	"read.format.xls":       {"这是旧版 Excel（.xls）或 WPS（.et）格式；请用 Excel 或 WPS 打开，另存为 .xlsx 再试", "this is in the old Excel (.xls) or WPS (.et) format; open it and save it as .xlsx"},
	"read.format.ods":       {"这是 OpenDocument 文件；请用 LibreOffice 打开，另存为 .xlsx 再试", "this is an OpenDocument file; open it and save it as .xlsx"},
	"read.format.encrypted": {"文件设有打开密码；请用 --password 给出密码，或取消密码后再试", "the workbook opens only with a password; give it with --password, or remove it"},
	"read.password":         {"密码不对；请核对 --password 给出的密码", "the password is wrong; check what --password gives"},
	"read.office":           {"这是 {0} 文件，LibreOffice 未能转换它；请用 Excel 或 WPS 打开，另存为 .xlsx 再试", "this is a {0} file and LibreOffice could not convert it; open it and save it as .xlsx"},
	"read.damaged":          {"文件已损坏或不完整，无法读取；请用 Excel 或 WPS 打开后重新保存，或让报送单位重新发送", "the file is damaged or incomplete; open it and save it again, or ask for it to be sent again"},
	"read.noworkbook":       {"这个压缩包里没有 Excel 工作簿；请把填报表另存为 .xlsx 再试", "there is no workbook in this file; save the filled form as .xlsx and try again"},
	"read.nosheets":         {"工作簿里没有工作表；请检查是否发错文件", "the workbook has no worksheets; check whether it is the right file"},
	"read.notables":         {"没有找到年报的任何一张表（主动公开、依申请公开、复议诉讼）；请检查是否发错文件", "none of the report's tables was found; check whether it is the right file"},
	"read.nested":           {"文件结构异常（嵌套过深），拒绝读取；请用 Excel 或 WPS 打开后重新保存", "the file's XML is nested too deeply; open it and save it again"},
	"read.coordinates":      {"工作表“{0}”含有无效的单元格位置 {1}；请用 Excel 或 WPS 打开后重新保存", "sheet {0} has the impossible cell address {1}; open the file and save it again"},
	"read.sharedstring":     {"单元格 {0} 的文字缺失，文件已损坏；请用 Excel 或 WPS 打开后重新保存", "the text of cell {0} is missing, the file is damaged; open it and save it again"},
	"read.sparse":           {"工作表“{0}”的内容散布过广，无法标注或计算公式；请删去远处的内容后再试", "the cells of sheet {0} lie too far apart for marking it or computing its formulas; delete what stands far off and try again"},
	"read.limit.file":       {"文件超过 {0} MiB 的上限；请检查是否发错文件，或删去表中的图片", "the file is larger than {0} MiB; check whether it is the right file, or remove its pictures"},
	"read.limit.unpacked":   {"文件解压后超过 {0} MiB 的上限，拒绝读取；请检查是否发错文件", "the file unpacks to more than {0} MiB; check whether it is the right file"},
	"read.limit.cells":      {"有内容的单元格超过 {0} 个的上限；请检查是否发错文件", "the workbook has more than {0} cells; check whether it is the right file"},
	"read.limit.text":       {"文字总量超过 {0} MiB 的上限；请检查是否发错文件", "the workbook has more than {0} MiB of text; check whether it is the right file"},
	"read.limit.merges":     {"一张工作表的合并单元格超过 {0} 处；请检查是否发错文件", "a worksheet has more than {0} merged areas; check whether it is the right file"},
	"read.limit.narrative":  {"表格以外的文字超过 {0} MiB 的上限；请检查是否发错文件", "there are more than {0} MiB of text outside the tables; check whether it is the right file"},
	"read.limit.time":       {"读取超过 {0} 的时限；请检查是否发错文件", "reading took longer than {0}; check whether it is the right file"},
})
