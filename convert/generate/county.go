package generate

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

// County is a folder of submissions with everything that goes wrong in a county.
type County struct {
	Dir     string
	Roster  string   // the roster of those who should report, CSV
	Files   []string // all, by their names in Dir
	Failed  []string // of which these cannot be read
	Wrong   []string // and these have errors
	Missing []string // organizations
	Double  []string // organizations
	Good    []*report.Report
}

// spoil makes a form one that must go back, each in another way.
var spoil = []func(*excelize.File){
	set(applications, "I6", 99999),      // a total that is wrong
	set(applications, "C6", "若干"),       // no number
	set(applications, "C7", -3),         // negative
	set(applications, "D8", 1.5),        // not whole
	set(applications, "J30", 777),       // carried out, and so the flow
	set(disputes, "E6", 50),             // a total of the disputes
	set(disputes, "A6", "x"),            // no number in the disputes
	set(applications, "E9", "12.5%"),    // a percentage
	drop(disputes),                      // a table is missing
	drop(applications),                  // another
	drop(disclosure),                    // and another
	removeRow(applications, 12),         // a row is missing
	set("封面", "B4", nil, "A1", "年度报告表"), // no year
}

const (
	disclosure   = "二、主动公开政府信息情况"
	applications = "三、收到和处理政府信息公开申请情况"
	disputes     = "四、政府信息公开行政复议、行政诉讼情况"
)

func set(sheet string, cellsAndValues ...any) func(*excelize.File) {
	return func(f *excelize.File) {
		for i := 0; i < len(cellsAndValues); i += 2 {
			must(f.SetCellValue(sheet, cellsAndValues[i].(string), cellsAndValues[i+1]))
		}
	}
}

func drop(sheet string) func(*excelize.File) {
	return func(f *excelize.File) { must(f.DeleteSheet(sheet)) }
}

func removeRow(sheet string, row int) func(*excelize.File) {
	return func(f *excelize.File) { must(f.RemoveRow(sheet, row)) }
}

// must is for what is done to the program's own form: a cell that is not there would
// leave a form whole that counts as broken.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// unreadable are contents that are no form at all.
var unreadable = []func(form []byte) []byte{
	func(form []byte) []byte { return nil },
	func(form []byte) []byte { return form[:len(form)/2] },
	func(form []byte) []byte { return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") },
	func(form []byte) []byte { return []byte("单位,年度\n某局,2024\n") },
	func(form []byte) []byte { return []byte("%PDF-1.7\n") },
	func(form []byte) []byte { return append([]byte("PK\x03\x04"), form[2000:6000]...) },
	func(form []byte) []byte {
		f := excelize.NewFile()
		b, err := f.WriteToBuffer()
		must(err)
		return b.Bytes()
	},
}

// NewCounty writes n submissions, 50 or more, into a folder: 20 of them broken, two
// organizations doubled, and a roster with five that sent nothing.
func NewCounty(dir string, n int) (*County, error) {
	c := &County{Dir: filepath.Join(dir, "in"), Roster: filepath.Join(dir, "名单.csv")}
	if err := os.MkdirAll(c.Dir, 0o777); err != nil {
		return nil, err
	}
	f, err := NewForm("2021")
	if err != nil {
		return nil, err
	}
	var roster strings.Builder
	roster.WriteString("单位\n")
	for i := range n - 2 {
		roster.WriteString(Organization(i) + "\n")
	}
	for i := range 5 {
		c.Missing = append(c.Missing, fmt.Sprintf("云台县第%d中心", i+1))
		roster.WriteString(c.Missing[i] + "\n")
	}
	if err := os.WriteFile(c.Roster, []byte(roster.String()), 0o666); err != nil {
		return nil, err
	}
	c.Double = []string{Organization(5), Organization(9)}
	c.Files = make([]string, n)
	contents := make([][]byte, n)
	errs := make([]error, n)
	var all sync.WaitGroup
	todo := make(chan int)
	for range 4 {
		all.Go(func() {
			for i := range todo {
				contents[i], errs[i] = c.submission(f, i, n)
			}
		})
	}
	for i := range n {
		r := c.report(f, i, n)
		c.Files[i] = fmt.Sprintf("%03d %s.xlsx", i, r.Organization)
		switch bad, ok := badAt(i, n); {
		case ok && bad < len(spoil):
			c.Wrong = append(c.Wrong, c.Files[i])
		case ok:
			c.Failed = append(c.Failed, c.Files[i])
		default:
			c.Good = append(c.Good, r)
		}
		todo <- i
	}
	close(todo)
	all.Wait()
	for i, name := range c.Files {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if err := os.WriteFile(filepath.Join(c.Dir, name), contents[i], 0o666); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// report is the i-th of n; the last two are of organizations that sent one already.
func (c *County) report(f *Form, i, n int) *report.Report {
	r := f.Report(i)
	if i >= n-2 {
		r.Organization = c.Double[i-(n-2)]
		r.Title = f.form.TitleFor(r.Organization, fmt.Sprint(Year))
	}
	return r
}

// badAt tells whether the i-th of n is broken, and in which way. The bad ones stand
// evenly among the others, the doubled ones never among them.
func badAt(i, n int) (way int, bad bool) {
	ways := len(spoil) + len(unreadable)
	every := n / (ways + 1)
	return i / every, i%every == 0 && i/every < ways
}

func (c *County) submission(f *Form, i, n int) ([]byte, error) {
	way, bad := badAt(i, n)
	if bad && way < len(spoil) {
		return f.Fill(c.report(f, i, n), spoil[way])
	}
	content, err := f.Fill(c.report(f, i, n), nil)
	if err == nil && bad {
		content = unreadable[way-len(spoil)](content)
	}
	return content, err
}
