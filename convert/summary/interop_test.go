//go:build interop

package summary

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// chromium runs the page with a script behind its own and returns what the script
// made the title.
func chromium(t *testing.T, page, script string) string {
	t.Helper()
	src, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	probe := filepath.Join(filepath.Dir(page), "probe.html")
	whole := strings.Replace(string(src), "</body>", "<script>document.title = (function () {"+script+"})();</script></body>", 1)
	if err := os.WriteFile(probe, []byte(whole), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--dump-dom", "file://"+probe).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	_, title, _ := strings.Cut(string(out), "<title>")
	title, _, _ = strings.Cut(title, "</title>")
	return title
}

// In a browser the table sorts and searches, and a script in a name is text.
func TestInteropPage(t *testing.T) {
	_, dir := written(t, records(t))
	page := filepath.Join(dir, Page(""))
	const tools = `
		var rows = function () { return Array.from(document.querySelectorAll("#list tbody tr")).filter(function (r) { return r.offsetParent !== null; }); };
		var first = function () { return rows()[0].cells[1].textContent.slice(0, 2); };
		var sort = function (i) { document.querySelectorAll("#list th button")[i].click(); };
		var search = function (s) { var e = document.getElementById("search"); e.value = s; e.dispatchEvent(new Event("input")); return rows().length; };
	`
	for _, c := range []struct{ what, script, want string }{
		{"the title is the page's own", `return document.title`, "政府信息公开工作年度报告报送情况汇总"},
		{"a script in a name is text", `return document.querySelectorAll("script").length + " " + document.body.textContent.includes("<script>document.title")`, "2 true"},
		{"all rows are shown", `return rows().length + " " + document.getElementById("shown").textContent`, "9 9 / 9"},
		{"files in descending order", `sort(1); sort(1); return first()`, "坏."},
		{"files in ascending order", `sort(1); return first()`, "00"},
		{"by errors, most first", `sort(4); sort(4); return first()`, "01"},
		{"by status, worst first", `sort(3); return first()`, "坏."},
		{"search", `return search("损坏") + " " + search("SUM(a1") + " " + search("没有这样的") + " " + search("")`, "1 1 0 9"},
		{"filter", `document.querySelector('[data-status=errors].tag, button[data-status=errors]').click(); return rows().length + " " + document.getElementById("shown").textContent`, "1 1 / 9"},
		{"charts", `return document.querySelectorAll("svg rect").length > 5`, "true"},
	} {
		if got := chromium(t, page, tools+c.script); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// Nothing on the page is a barrier that axe knows of, from a telephone to a desk's screen,
// and it is no wider than they are.
func TestInteropAxe(t *testing.T) {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("NODE_PATH", filepath.Join(cache, "nianbao-interop", "node_modules"))
	_, dir := written(t, records(t))
	out, err := exec.Command("node", "../../testdata/interop/page_axe.js", filepath.Join(dir, Page(""))).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != 3 {
		t.Errorf("looked at %d times: %s", len(lines), out)
	}
	for _, line := range lines {
		if !strings.HasSuffix(line, " fits, nothing wrong") {
			t.Error(line)
		}
	}
}

// LibreOffice opens the workbook and shows names as text.
func TestInteropWorkbook(t *testing.T) {
	_, dir := written(t, records(t))
	out := t.TempDir()
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "pdf", "--outdir", out, filepath.Join(dir, Workbook("")))
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, b)
	}
	text, err := exec.Command("pdftotext", "-layout", filepath.Join(out, "summary.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"报送清单", "=HYPERLINK", "+1+1", "@SUM(A1)", "文件已损坏", "新收申请最多的单位"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in the printed workbook", want)
		}
	}
}
