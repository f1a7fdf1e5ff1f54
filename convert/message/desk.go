package message

// What is said to who has dropped files on the program and has no command line.
var _ = add(map[string]text{
	"desk.title":     {"年报", "nianbao"},
	"desk.working":   {"年报：正在处理 {0}", "nianbao: {0}"},
	"desk.progress":  {"年报：已处理 {0}/{1}", "nianbao: {0} of {1} done"},
	"desk.ready":     {"年报：已完成", "nianbao: done"},
	"desk.choose":    {"选择填好的年报表（可以选几个）", "Choose filled forms (several, if you like)"},
	"desk.forms":     {"填报表（Excel、WPS、Word）", "Forms (Excel, WPS, Word)"},
	"desk.close":     {"请关闭 {0}，然后按回车重试", "close {0}, then press Enter to try again"},
	"desk.closeall":  {"有 {0} 份的结果文件正在其他程序（如 WPS、Excel、PDF 阅读器）中打开，请关闭，然后按回车重试", "outputs of {0} files are open in other programs; close them, then press Enter to try again"},
	"desk.skip":      {"（不再重试请输入 0 再按回车）：", " (or type 0 and press Enter to leave it): "},
	"desk.password":  {"{0} 设有打开密码。请输入密码（不会显示），按回车；不知道密码请直接按回车：", "{0} opens only with a password. Type it (it is not shown) and press Enter; if you do not know it, just press Enter: "},
	"desk.passwords": {"有 {0} 份设有打开密码。请输入密码（不会显示），按回车；不知道密码请直接按回车：", "{0} files open only with a password. Type it (it is not shown) and press Enter; if you do not know it, just press Enter: "},
	"desk.again":     {"密码不对。", "The password is wrong. "},
	"desk.opening":   {"正在打开 {0}", "opening {0}"},
	"desk.unopened":  {"没有能打开 {0} 的程序（{1}）；请自行打开它", "no program opens {0} ({1}); open it yourself"},
	"desk.panic":     {"程序出错（{0}），没有做完；请把这个窗口的内容和所用的文件发给开发者", "the program failed ({0}) and is not done; please report it with what this window shows and the files"},
	"desk.howto": {`请把填好的年报表（Excel、WPS 或 Word 文件）拖到本程序的图标上；
也可以拖整个文件夹，或一次选中许多文件一起拖；
结果就在它们旁边：可打印的 PDF、规范的表格，有错误时还有一份标出错误的副本。`,
		`Drop a filled form (an Excel, WPS or Word file) on the icon of this program,
or a whole folder, or many files that you select at once.
The results lie beside them: a PDF to print, a normalized workbook and, where there are errors, a copy with the errors marked.`},
})
