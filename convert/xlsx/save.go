package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
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
	if !d.growing {
		_, err := d.WriteTo(w)
		return err
	}
	var b bytes.Buffer
	if _, err := d.WriteTo(&b); err != nil {
		return err
	}
	return grow(w, b.Bytes())
}

// growingHeight is the height of rows that grow with what is typed into them, in points.
// No other row is as high.
const growingHeight = 85.05

// grow lets the rows of that height grow: excelize calls every height that it sets a
// custom one, which programs leave as it is, but rows without a height are one line high
// in LibreOffice however much stands in them.
func grow(w io.Writer, src []byte) error {
	in, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return err
	}
	out := zip.NewWriter(w)
	height := fmt.Sprintf(`ht="%v"`, growingHeight)
	for _, f := range in.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			if err := out.Copy(f); err != nil {
				return err
			}
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		part, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		part = bytes.ReplaceAll(part, []byte(height+` customHeight="true"`), []byte(height))
		if _, err := to.Write(part); err != nil {
			return err
		}
	}
	return out.Close()
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
