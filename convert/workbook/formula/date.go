package formula

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Days are counted as spreadsheets do: 1 is the 1st of January 1900, 60 a 29th of February
// 1900 that never was; or, in workbooks of old Macs, 0 is the 1st of January 1904.

const (
	lastDay    = 2_958_465 // 9999-12-31
	days1904   = 1462      // between the two ways to count
	phantomDay = 60
)

var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// civil is the date of a day that counts from 1900.
func civil(day int) (year, month, dayOfMonth int) {
	switch {
	case day == phantomDay:
		return 1900, 2, 29
	case day == 0:
		return 1900, 1, 0
	case day < phantomDay:
		day++
	}
	t := dayZero.AddDate(0, 0, day)
	return t.Year(), int(t.Month()), t.Day()
}

// serial is the day of a date, counted from 1900. Months and days may be any number.
func serial(year, month, day int) int {
	n := int((time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() - dayZero.Unix()) / (24 * 60 * 60))
	if n <= phantomDay {
		n--
	}
	return n
}

// dayNumber is the day that a value stands for, counted from 1900, and the part of it that
// has passed.
func (e *Evaluator) dayNumber(v Value) (day int, part decimal.Decimal, bad Value) {
	d, bad := e.toNumber(v)
	if bad.Kind == Error {
		return 0, part, bad
	}
	d = shown(d)
	if e.book.From1904 {
		d = d.Add(decimal.NewFromInt(days1904))
	}
	n, ok := whole(d)
	if !ok || d.IsNegative() || n > lastDay {
		return 0, part, errNum
	}
	return n, d.Sub(decimal.NewFromInt(int64(n))), Value{}
}

// partOfDate is YEAR for 0, MONTH for 1 and DAY for 2.
func partOfDate(part int) func(*Evaluator, []Value) Value {
	return func(e *Evaluator, v []Value) Value {
		n, _, bad := e.dayNumber(v[0])
		if bad.Kind == Error {
			return bad
		}
		year, month, day := civil(n)
		return integer([]int{year, month, day}[part])
	}
}

func date(e *Evaluator, v []Value) Value {
	var parts [3]int
	for i := range parts {
		d, bad := e.toNumber(v[i])
		if bad.Kind == Error {
			return bad
		}
		n, ok := whole(shown(d).Floor())
		if !ok || n < -100_000 || n > 100_000 {
			return errNum
		}
		parts[i] = n
	}
	if parts[0] < 1900 && parts[0] >= 0 {
		parts[0] += 1900
	}
	n := serial(parts[0], parts[1], parts[2])
	if e.book.From1904 {
		n -= days1904
	}
	if n < 0 || n > lastDay {
		return errNum
	}
	return integer(n)
}

// dateInText reads 2024-1-20, 2024/1/20 and 2024年1月20日.
func dateInText(s string, from1904 bool) (decimal.Decimal, bool) {
	var year, month, day string
	var ok1, ok2 bool
	switch {
	case strings.Contains(s, "年"):
		year, month, ok1 = strings.Cut(s, "年")
		month, day, ok2 = strings.Cut(month, "月")
		var ok3 bool
		day, ok3 = strings.CutSuffix(day, "日")
		ok2 = ok2 && ok3
	default:
		separator := "-"
		if strings.Contains(s, "/") {
			separator = "/"
		}
		year, month, ok1 = strings.Cut(s, separator)
		month, day, ok2 = strings.Cut(month, separator)
	}
	if !ok1 || !ok2 || len(year) != 4 || !isDigits(year) || !isDigits(month) || !isDigits(day) || len(month) > 2 || len(day) > 2 {
		return decimal.Zero, false
	}
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	n := serial(y, m, d)
	if cy, cm, cd := civil(max(n, 1)); y < 1900 || n < 1 || cy != y || cm != m || cd != d {
		return decimal.Zero, false
	}
	if from1904 {
		n -= days1904
	}
	return decimal.NewFromInt(int64(n)), n >= 0
}
