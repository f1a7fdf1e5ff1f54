package message

// What the empty form says to those who fill it in.
var _ = add(map[string]text{
	"write.hint.preamble":  {"每个自然段一格。可以空着。", "A paragraph a cell. It may stay empty."},
	"write.hint.overview":  {"每个自然段一格，宜写明主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面，不超过1000字。标题不要改动。", "A paragraph a cell: publication, applications, management, platforms and supervision, no more than 1,000 characters. Leave the heading as it is."},
	"write.hint.problems":  {"每个自然段一格，写明存在的主要问题和改进情况，不要仅填“无”。标题不要改动。", "A paragraph a cell: what the main problems are and how they are mended, not only “none”. Leave the heading as it is."},
	"write.hint.others":    {"每个自然段一格，应写明是否收取信息处理费；没有其他事项的也要写明。标题不要改动。", "A paragraph a cell: whether an information-processing fee was charged, and that there is nothing else if so. Leave the heading as it is."},
	"write.guide.colours":  {"浅黄色的单元格填写，灰色的总计自动计算，其余单元格不要改动，不要增删行列和工作表。", "Fill in the pale yellow cells; grey totals are computed. Change nothing else, and add or delete no rows, columns or sheets."},
	"write.guide.cover":    {"封面填写单位全称、年度（4位）和填报日期，标题自动生成。", "The cover takes the body's full name, the year and the date; the title is made of them."},
	"write.guide.figures":  {"数字栏填阿拉伯数字，没有的填0，不写单位，不写“/”“无”。", "Figures are digits; nothing is 0; no units and no “/”."},
	"write.guide.identity": {"每列应有：{0}。不相等时，有关单元格变红，请核对后改正。", "In each column {0}. Where they differ the cells turn red."},
	"write.guide.texts":    {"文字部分每个自然段一格，段首不空格，写不下时行会自动增高。", "Texts have a paragraph a cell, without spaces in front; rows grow."},
	"write.guide.aspects":  {"总体情况宜包括主动公开、依申请公开、政府信息管理、平台建设、监督保障五个方面；其他事项应写明是否收取信息处理费。", "Section one has five aspects; section six says whether a fee was charged."},
	"write.guide.pictures": {"图片（PNG、JPEG）可以插在文字部分，按所在位置印出；表格中不要放图片。", "Pictures (PNG, JPEG) may lie among the texts and are printed there, not in tables."},
	"write.guide.file":     {"保存为 .xlsx 文件报送，文件名用单位名称。", "Send it as .xlsx, named after the body."},
})
