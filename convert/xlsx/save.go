package xlsx

import (
	"io"
	"os"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// save writes the workbook without a clock in it.
func (d *drawing) save(w io.Writer, title string) error {
	defer d.Close()
	now := time.Unix(sourceDate(), 0).UTC().Format(time.RFC3339)
	d.check(d.SetDocProps(&excelize.DocProperties{Title: title, Creator: author, LastModifiedBy: author, Language: "zh-CN", Created: now, Modified: now}))
	if d.err != nil {
		return d.err
	}
	_, err := d.WriteTo(w)
	return err
}

// sourceDate is the time that files are said to be from: SOURCE_DATE_EPOCH, in
// seconds since 1970, or else 2000-01-01, so that the same input gives the same
// bytes on any day.
func sourceDate() int64 {
	if t, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return t
	}
	return 946684800
}
