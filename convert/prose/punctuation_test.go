package prose

import "testing"

func TestPunctuated(t *testing.T) {
	for _, c := range []struct {
		text, want string
		n          int
	}{
		{"2024年,我办(县政府办)收到26件;其中:予以公开6件,部分公开8件!", "2024年，我办（县政府办）收到26件；其中：予以公开6件，部分公开8件！", 7},
		{"(一)主动公开情况", "（一）主动公开情况", 2},
		{"为什么?因为(见附件)。", "为什么？因为（见附件）。", 3},
		{"截至12月31日, 共公开1,234条", "截至12月31日，共公开1,234条", 1},
		{"共受理5,其中办结3", "共受理5，其中办结3", 1},
		{"县办(2024)12号文(甲):", "县办（2024）12号文（甲）：", 5},
		{"电话:0817-8211701,邮编:637700", "电话：0817-8211701，邮编：637700", 3},
		{"网址:http://a.gov.cn/x?id=1,2;见专栏", "网址：http://a.gov.cn/x?id=1,2；见专栏", 2},
		{"“公开”,“透明”", "“公开”，“透明”", 1},
		{"县局（本级)", "县局（本级）", 1},
		// Near misses.
		{"上午8:30至12:00", "上午8:30至12:00", 0},
		{"总阅读量1,234,567次", "总阅读量1,234,567次", 0},
		{"比例为3:1", "比例为3:1", 0},
		{"见 Open Data (API, v2; beta) now", "见 Open Data (API, v2; beta) now", 0},
		{"f(x) 与 g(y, z) 两式", "f(x) 与 g(y, z) 两式", 0},
		{"1)健全制度", "1)健全制度", 0},
		{"http://a.gov.cn/b?c=1&d=(2)", "http://a.gov.cn/b?c=1&d=(2)", 0},
		{"No Chinese (at all), here!", "No Chinese (at all), here!", 0},
		{"已经全角，没有问题（真的）。", "已经全角，没有问题（真的）。", 0},
	} {
		got, n := Punctuated(c.text)
		if got != c.want || n != c.n {
			t.Errorf("%q becomes %q with %d changes, want %q with %d", c.text, got, n, c.want, c.n)
		}
		if again, more := Punctuated(got); more != 0 || again != got {
			t.Errorf("%q changes again, to %q", got, again)
		}
	}
}
