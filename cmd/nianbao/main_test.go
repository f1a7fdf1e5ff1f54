package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/generate"
	"nianbao/convert/report"
)

// programs are what the test's own program is under other names.
var programs = map[string]func(){"nianbao": main}

func TestMain(m *testing.M) { testscript.Main(m, programs) }

// Each script is a case or a few that belong together; $FORMS is the folder of
// filled forms.
func TestScripts(t *testing.T) {
	forms, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("FORMS", forms)
			e.Setenv("LANG", "zh_CN.UTF-8")
			e.Defer(func() { validateBelow(t, e.WorkDir) })
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"edit":     edit,
			"truncate": truncate,
			"png":      png,
			"list":     list,
			"zip":      pack,
			"together": together,
			"status":   status,
		},
	})
}

// edit FROM TO SHEET!CELL=VALUE... writes a copy of a workbook with some cells
// changed. A value that is a number is written as one; none empties the cell.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	for _, a := range args[2:] {
		where, value, _ := strings.Cut(a, "=")
		sheet, cell, _ := strings.Cut(where, "!")
		for _, name := range f.GetSheetList() {
			if strings.HasPrefix(name, sheet) {
				sheet = name
			}
		}
		var v any = value
		if n, err := strconv.Atoi(value); err == nil {
			v = n
		}
		if value == "" {
			v = nil
		}
		ts.Check(f.SetCellValue(sheet, cell, v))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// truncate FROM TO writes the first half of a file.
func truncate(ts *testscript.TestScript, neg bool, args []string) {
	b := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b[:len(b)/2]), 0o666))
}

// png TO writes the start of a picture.
func png(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), 0o666))
}

// list TO writes a workbook that is no form.
func list(ts *testscript.TestScript, neg bool, args []string) {
	f := excelize.NewFile()
	defer f.Close()
	for cell, v := range map[string]string{"A1": "姓名", "B1": "电话", "A2": "张三", "B2": "0827-5550001"} {
		ts.Check(f.SetCellValue("Sheet1", cell, v))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// zip TO NAME=FILE... packs files under other names.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, a := range args[1:] {
		name, from, _ := strings.Cut(a, "=")
		w, err := z.Create(name)
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(from)))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
}

// together TO BODY... writes a workbook with a sheet for each body.
func together(ts *testscript.TestScript, neg bool, args []string) {
	form, err := generate.NewForm("2021")
	ts.Check(err)
	var all []*report.Report
	for i, name := range args[1:] {
		r := form.Report(2*i + 1)
		r.Organization, r.Title = name, name+"2024年政府信息公开工作年度报告"
		all = append(all, r)
	}
	b, err := generate.Together(all, func(i int, _ string) string { return "表" + strconv.Itoa(i+1) })
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o666))
}

// status N COMMAND... runs a command and checks its exit status.
func status(ts *testscript.TestScript, neg bool, args []string) {
	want := args[0]
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != want {
		ts.Fatalf("exit status %s, want %s", got, want)
	}
}
