package files

import (
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"unicode"

	"nianbao/convert/message"
)

// What Windows says in its own words is said in ours.
func TestCausesOfWindows(t *testing.T) {
	for no, want := range map[syscall.Errno]string{
		5: "没有权限", 19: "只读", 21: "没有就绪", 32: "其他程序", 33: "其他程序", 53: "网络", 64: "网络", 112: "磁盘已满", 1295: "磁盘已满",
		206: "太长", 225: "杀毒软件", 362: "网盘", 398: "网盘", 2: "不存在", 3: "不存在", 1117: "磁盘读写出错",
	} {
		err := Unwritable(`C:\年报.pdf`, &fs.PathError{Op: "open", Path: `C:\年报.pdf`, Err: no})
		if zh := message.Localize(err, message.Chinese); !strings.Contains(zh, want) {
			t.Errorf("%d: %s", no, zh)
		}
		if en := message.Localize(err, message.English); strings.ContainsFunc(strings.Replace(en, "年报", "", 1), func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%d: %s", no, en)
		}
	}
	if got := Cause(syscall.Errno(87)); got != syscall.Errno(87).Error() { // a near miss: no cause that users meet
		t.Errorf("%v", got)
	}
}
