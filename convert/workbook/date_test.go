package workbook

import "testing"

// Spreadsheets count a 29th of February 1900 that never was: it is shown as the day
// before, and the days behind it count one less.
func TestShowDate(t *testing.T) {
	for serial, want := range map[string]string{
		"1": "1900年1月1日", "59": "1900年2月28日", "60": "1900年2月28日", "61": "1900年3月1日", "45662": "2025年1月5日", "45662.75": "2025年1月5日",
	} {
		if got := ShowDate(serial, dateCell); got != want {
			t.Errorf("day %s is %s, want %s", serial, got, want)
		}
	}
}
