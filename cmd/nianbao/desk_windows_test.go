package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/xuri/excelize/v2"
	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"nianbao/cmd/nianbao/desk"
)

func init() {
	// The program that shows PDFs, workbooks and pages notes which.
	programs["shown"] = func() {
		f, err := os.OpenFile(os.Getenv("SHOWN"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
		if err == nil {
			fmt.Fprintln(f, os.Args[1])
			f.Close()
		}
	}
	type work = func(context.Context, *desk.Window, []string, io.Writer, io.Writer) int
	failing := func(w work) func() { return func() { os.Exit(start(os.Args[1:], w)) } }
	programs["panics"] = failing(func(context.Context, *desk.Window, []string, io.Writer, io.Writer) int { panic("a fault") })
	programs["stuck"] = failing(func(ctx context.Context, _ *desk.Window, _ []string, _, _ io.Writer) int {
		<-ctx.Done()
		fmt.Println("stuck")
		select {}
	})
	programs["ready"] = failing(func(context.Context, *desk.Window, []string, io.Writer, io.Writer) int { return 0 })
}

// viewers has the program that notes what it shows open PDFs, workbooks and pages, and
// returns where it does so.
func viewers(t *testing.T) (log string) {
	t.Helper()
	set := func(key, value string) {
		k, _, err := registry.CreateKey(registry.CLASSES_ROOT, key, registry.ALL_ACCESS)
		if err != nil {
			t.Fatal(err)
		}
		defer k.Close()
		if err := k.SetStringValue("", value); err != nil {
			t.Fatal(err)
		}
	}
	for _, ext := range []string{".pdf", ".xlsx", ".html"} {
		set(ext, "nianbao.shown")
	}
	set(`nianbao.shown\shell\open\command`, `"`+underName(t, "shown")+`" "%1"`)
	return filepath.Join(t.TempDir(), "shown.txt")
}

// shown are the names of the files that were opened.
func shown(log string) string {
	b, _ := os.ReadFile(log)
	var names []string
	for line := range strings.Lines(string(b)) {
		names = append(names, filepath.Base(strings.TrimSpace(line)))
	}
	return strings.Join(names, " ")
}

// dropped drops files on the program and waits until it says that Enter closes the window.
func dropped(t *testing.T, args ...string) (s *started, log string) {
	t.Helper()
	log = viewers(t)
	s = launch(t, "nianbao", drop, false, []string{"SHOWN=" + log}, args...)
	s.attach()
	return s, log
}

// leaves presses Enter and expects the program to end with the status.
func (s *started) leaves(status int) {
	s.t.Helper()
	if got := s.ended(200 * time.Millisecond); got >= 0 {
		s.t.Fatalf("the window closed by itself, status %d", got)
	}
	s.press("\r")
	if got := s.ended(10 * time.Second); got != status {
		s.t.Errorf("status %d, want %d", got, status)
	}
}

// without is a text without spaces, as screens are compared.
func without(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestDropOne(t *testing.T) {
	dir := t.TempDir()
	s, log := dropped(t, filled(t, filepath.Join(dir, "年报 一.xlsx"), false))
	s.shows("按回车键关闭窗口", "N103", "已生成"+without(filepath.Join(dir, "年报 一.pdf")))
	if got := s.title(); got != "年报：已完成" {
		t.Errorf("title %q", got)
	}
	until(t, "the PDF is opened", func() bool { return shown(log) == "年报 一.pdf" })
	var mode uint32
	if err := windows.GetConsoleMode(s.in, &mode); err != nil || mode&windows.ENABLE_QUICK_EDIT_MODE != 0 {
		t.Errorf("a click stops the program: %x, %v", mode, err)
	}
	s.leaves(exitGood)
}

func TestDropOneWithErrors(t *testing.T) {
	s, log := dropped(t, filled(t, filepath.Join(t.TempDir(), "年报.xlsx"), true))
	s.shows("按回车键关闭窗口", "错误")
	until(t, "the marked copy is opened", func() bool { return shown(log) == "年报.annotated.xlsx" })
	s.leaves(exitFindings)
}

func TestNoOpen(t *testing.T) {
	s, log := dropped(t, "--no-open", filled(t, filepath.Join(t.TempDir(), "年报.xlsx"), false))
	s.shows("按回车键关闭窗口", "N103")
	s.leaves(exitGood)
	if got := shown(log); got != "" {
		t.Errorf("opened %s", got)
	}
}

// What is typed while the program works does not close the window.
func TestTypedAhead(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		filled(t, filepath.Join(dir, "各单位", fmt.Sprintf("%02d.xlsx", i)), i == 7)
	}
	s, log := dropped(t, filepath.Join(dir, "各单位"))
	s.press("\r\r\r")
	s.shows("按回车键关闭窗口", "共40份：通过0，有警告39，有错误1，无法处理0", "有错误07.xlsx", without(filepath.Join(dir, `各单位-结果\summary.html`)))
	until(t, "the page is opened", func() bool { return shown(log) == "summary.html" })
	s.leaves(exitFindings)
}

// Every drop does something, and says where.
func TestDropMany(t *testing.T) {
	dir := t.TempDir()
	put := func(names ...string) (paths []string) {
		for _, n := range names {
			paths = append(paths, filepath.Join(dir, n))
			if strings.HasSuffix(n, ".xlsx") {
				filled(t, filepath.Join(dir, n), false)
			} else {
				filled(t, filepath.Join(dir, n, "a.xlsx"), false)
			}
		}
		return paths
	}
	var loose []string
	for i := range 79 {
		loose = append(loose, fmt.Sprintf(`f\某某县第%02d号街道办事处（开发区管理委员会）.xlsx`, i))
	}
	for _, c := range []struct {
		name  string
		paths []string
		out   string // "" if each lies beside its own
		said  string
	}{
		{"two files", put(`b\1.xlsx`, `b\2.xlsx`), "", "已生成"},
		{"three files", put(`c\1.xlsx`, `c\2.xlsx`, `c\3.xlsx`), `c\年报结果`, "共3份"},
		{"two folders", put(`d\甲`, `d\乙`), `d\年报结果`, "共2份"},
		{"a folder and a file", put(`e\甲`, `e\乙.xlsx`), `e\年报结果`, "共2份"},
		{"79 files", put(loose...), `f\年报结果`, "共79份"},
		{"three others, in the same place", put(`f\1.xlsx`, `f\2.xlsx`, `f\3.xlsx`), `f\年报结果 (2)`, "共3份"},
		{"the same again", put(`f\1.xlsx`, `f\2.xlsx`, `f\3.xlsx`), `f\年报结果 (2)`, "其中3份未变"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, log := dropped(t, c.paths...)
			s.shows("按回车键关闭窗口", c.said)
			if c.out == "" {
				until(t, "both are opened", func() bool { return len(strings.Fields(shown(log))) == 2 })
			} else {
				until(t, "the page is opened", func() bool { return shown(log) == "summary.html" })
				s.shows(without(filepath.Join(dir, c.out, "summary.html")))
			}
			s.leaves(exitGood)
		})
	}
}

// A whole disk has its results in it.
func TestDropDisk(t *testing.T) {
	const root = `U:\` // which testdata/windows.sh makes
	if !exists(root) {
		t.Fatal("there is no disk U:")
	}
	t.Cleanup(func() {
		for _, name := range []string{"a.xlsx", "乡镇", "年报结果"} {
			os.RemoveAll(root + name)
		}
	})
	filled(t, root+"a.xlsx", false)
	filled(t, root+`乡镇\b.xlsx`, false)
	for _, named := range []string{root, `"` + root + `"`} {
		s, _ := dropped(t, named)
		s.shows("按回车键关闭窗口", "共2份", root+`年报结果\summary.html`)
		s.leaves(exitGood)
	}
	if !exists(root + `年报结果\乡镇\b.pdf`) {
		t.Error("the results are not on the disk")
	}
}

// A double click has files chosen or, if none is, says what to do.
func TestDoubleClick(t *testing.T) {
	s := launch(t, "nianbao", drop, false, nil)
	title, _ := windows.UTF16PtrFromString("选择填好的年报表（可以选几个）")
	var dialog uintptr
	until(t, "there is a dialog", func() bool {
		dialog, _, _ = findWindow.Call(0, uintptr(unsafe.Pointer(title)))
		return dialog != 0
	})
	const command, cancel = 0x111, 2
	postMessage.Call(dialog, command, cancel, 0)
	s.attach()
	s.shows("按回车键关闭窗口", "拖到本程序的图标上")
	s.leaves(exitFailed)
}

// What is open elsewhere is asked for, and the rest goes on when it is closed there.
func TestDropWhatIsOpen(t *testing.T) {
	dir := t.TempDir()
	name := filled(t, filepath.Join(dir, "年报.xlsx"), false)
	pdf := filepath.Join(dir, "年报.pdf")
	first, _ := dropped(t, name)
	first.shows("按回车键关闭窗口")
	first.leaves(exitGood)
	before, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	filled(t, name, true)
	release := held(t, pdf, windows.GENERIC_READ, windows.FILE_SHARE_READ)
	s, log := dropped(t, name)
	s.shows("错误", "请关闭"+without(pdf)+"，然后按回车重试")
	if now, _ := os.ReadFile(pdf); !slices.Equal(now, before) || exists(filepath.Join(dir, "年报.annotated.xlsx")) {
		t.Error("some of the outputs are new")
	}
	s.press("\r")
	until(t, "it asks again", func() bool { return strings.Count(s.screen(), "然后按回车重试（不再") == 2 })
	release()
	s.press("\r")
	s.shows("按回车键关闭窗口")
	until(t, "the marked copy is opened", func() bool { return shown(log) == "年报.annotated.xlsx" })
	s.leaves(exitFindings)
}

// Of a folder, too.
func TestDropFolderWhatIsOpen(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.xlsx", "b.xlsx"} {
		filled(t, filepath.Join(dir, "各单位", name), false)
	}
	first, _ := dropped(t, filepath.Join(dir, "各单位"))
	first.shows("按回车键关闭窗口")
	first.leaves(exitGood)
	filled(t, filepath.Join(dir, "各单位", "a.xlsx"), true)
	out := filepath.Join(dir, "各单位-结果")
	workbook := held(t, filepath.Join(out, "summary.xlsx"), windows.GENERIC_READ|windows.GENERIC_WRITE, windows.FILE_SHARE_READ)
	pdf := held(t, filepath.Join(out, "a.pdf"), windows.GENERIC_READ, windows.FILE_SHARE_READ)
	s, log := dropped(t, filepath.Join(dir, "各单位"))
	s.shows("请关闭" + without(filepath.Join(out, "summary.xlsx")) + "，然后按回车重试")
	workbook()
	s.press("\r")
	s.shows("有1份的结果文件正在其他程序")
	pdf()
	s.press("\r")
	s.shows("有错误a.xlsx（2个错误）", "按回车键关闭窗口")
	until(t, "the page is opened", func() bool { return shown(log) == "summary.html" })
	s.leaves(exitFindings)
}

func TestDropAsksForPassword(t *testing.T) {
	name := filepath.Join(t.TempDir(), "年报.xlsx")
	f, err := excelize.OpenFile(sampleForm)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SaveAs(name, excelize.Options{Password: "2024"}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	s, _ := dropped(t, name)
	s.shows("年报.xlsx设有打开密码")
	s.press("2025\r")
	s.shows("密码不对。年报.xlsx")
	s.press("2024\r")
	s.shows("按回车键关闭窗口", "已生成")
	if strings.Contains(s.screen(), "2025") {
		t.Error("the password is shown")
	}
	s.leaves(exitGood)
}

// A program that nobody sees waits for nobody, and adds nothing to what it writes.
func TestWithoutAWindow(t *testing.T) {
	for what, c := range map[string]struct {
		flags  uint32
		hidden bool
	}{"no window": {unseen, false}, "a hidden one": {drop, true}} {
		s := launch(t, "nianbao", c.flags, c.hidden, nil, filled(t, filepath.Join(t.TempDir(), "年报.xlsx"), false))
		if got := s.ended(20 * time.Second); got != exitGood {
			t.Errorf("%s: status %d", what, got)
		}
	}
}

// However the program ends, what it said can be read.
func TestWindowStays(t *testing.T) {
	s := launch(t, "panics", drop, false, nil)
	s.attach()
	s.shows("程序出错（afault）", "按回车键关闭窗口")
	s.leaves(exitFailed)

	s = launch(t, "stuck", drop, false, nil)
	s.attach()
	s.interrupt()
	s.shows("stuck")
	s.interrupt()
	s.shows("已中断", "按回车键关闭窗口")
	s.leaves(exitStopped)
	s.detach()

	// Ctrl-C is how people copy what they read.
	s = launch(t, "ready", drop, false, nil)
	s.attach()
	s.shows("按回车键关闭窗口")
	s.interrupt()
	s.leaves(exitGood)
}
