package workbook

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"nianbao/convert/prose"
)

// ShowDate writes a date as a document does: 2025年1月20日. What is no date is
// left as it is.
func ShowDate(value string, k Kind) string {
	if k == dateCell {
		if serial, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(serial) {
			if serial < 60 { // the calendar of spreadsheets has a 29th of February 1900
				serial++
			}
			if serial >= 2 && serial < 1e6 {
				return chineseDate(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(serial)))
			}
			return value + "（日期格式）"
		}
	}
	v := prose.Fold(value)
	for _, layout := range []string{"2006-1-2", "2006.1.2", "2006/1/2", "20060102", "2006-1-2T15:04:05"} {
		if t, err := time.Parse(layout, v); err == nil {
			return chineseDate(t)
		}
	}
	return strings.TrimSpace(value)
}

// days1904 is how many days the two ways to count dates are apart.
const days1904 = 1462

// since1900 is the date of a workbook that counts the days from 1904, as some of the
// Mac's do, counted from 1900.
func since1900(serial string) string {
	n, err := strconv.ParseFloat(serial, 64)
	if err != nil {
		return serial
	}
	return strconv.FormatFloat(n+days1904, 'f', -1, 64)
}

func chineseDate(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}
