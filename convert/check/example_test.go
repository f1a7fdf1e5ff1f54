package check_test

import (
	"fmt"

	"nianbao/convert/check"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// A report need not come from a file: here one is made, with a total that is wrong.
func Example() {
	f, err := form.Get("2021")
	if err != nil {
		panic(err)
	}
	r := f.Blank()
	r.Year, r.Organization = 2024, "某县教育局"
	for column, n := range map[string]int64{"upheld": 2, "corrected": 0, "other": 0, "pending": 0, "total": 3} {
		r.Figure("disputes", "reconsideration", column).Value = report.Int(n)
	}
	for _, found := range check.Run(r) {
		if found.Rule == "A201" {
			fmt.Println(found.Severity, found.Path, found.Expected, found.Actual)
			fmt.Println(found.Message.In(message.Chinese))
		}
	}
	// Output:
	// error disputes.reconsideration.total 2 3
	// “行政复议”一行合计不符：“总计”填3，各分项合计为2，相差1
}
