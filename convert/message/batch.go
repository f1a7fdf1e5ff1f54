package message

// What is said about many files: while they are converted, and in their summary.
var _ = add(map[string]text{
	"convert.panic": {"处理这份文件时程序出错（{0}）；请把文件发给开发者，其他文件不受影响", "the program failed on this file ({0}); please report it with the file; other files are not affected"},
})
