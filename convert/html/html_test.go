package html

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/document"
	"nianbao/convert/form"
	"nianbao/convert/generate"
	"nianbao/convert/report"
)

// sample is a report of a form with a bit of everything.
func sample(t testing.TB, id string) *report.Report {
	t.Helper()
	f, err := form.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := generate.Everything(f, 1001)
	if err != nil {
		t.Fatal(err)
	}
	r.Preamble = []report.Paragraph{{Text: "根据《条例》编制，<5%>&\"如下\"。"}} // marks that HTML must write otherwise
	return r
}

// written is the page of a report.
func written(t testing.TB, r *report.Report, o document.Options) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSameReportSameBytes(t *testing.T) {
	r := sample(t, "2021")
	first := written(t, r, document.Options{Seal: true})
	if again := written(t, r, document.Options{Seal: true}); again != first {
		t.Error("bytes differ")
	}
}

// The page needs nothing else, runs nothing and takes text for text.
func TestThePageStandsAlone(t *testing.T) {
	r := sample(t, "2021")
	for _, text := range []string{"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "</title><style>", "\x00\xff\ufffe&#0;"} {
		r.Title, r.Organization = text, text
		r.Signature = report.Signature{Organization: text, Date: text}
		s := r.Section("other")
		s.Paragraphs = []report.Paragraph{{Text: text}, {Text: "（一）" + text + "。" + text}, {Text: "附件：1." + text}}
		page := written(t, r, document.Options{Draft: document.DraftMark(true, false)})
		for _, tag := range regexp.MustCompile(`<[^>]*>`).FindAllString(page, -1) {
			for _, bad := range []string{"<script", "<link", "<iframe", "<base", "http:", "https:", "javascript:"} {
				if strings.Contains(strings.ToLower(tag), bad) {
					t.Errorf("%q: %s", text, tag)
				}
			}
			bare := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(tag, "")
			if attribute := regexp.MustCompile(`\s(on\w+|href|src|style)=`).FindString(bare); attribute != "" && !strings.HasPrefix(tag, "<img alt=") {
				t.Errorf("%q: %s", text, tag)
			}
		}
		if strings.Count(page, "<img") != 1 || strings.Count(page, "</title>") != 1 || strings.Count(page, "<style>") != 1 {
			t.Errorf("%q is taken for tags", text)
		}
		if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
			t.Error("the style loads something")
		}
	}
}

// Headings have ranks without gaps, below the one title.
func TestHeadings(t *testing.T) {
	var got []string
	for _, m := range regexp.MustCompile(`<(h\d)[^>]*>(.*?)</h\d>`).FindAllStringSubmatch(written(t, sample(t, "2021"), document.Options{}), -1) {
		got = append(got, m[1]+" "+regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[2], ""))
	}
	want := []string{"h1 某县水务局2024年政府信息公开工作年度报告", "h2 一、总体情况", "h3 （二）依申请公开", "h4 1.健全制度", "h3 一、小结", "h2 二、主动公开政府信息情况",
		"h2 三、收到和处理政府信息公开申请情况", "h2 四、政府信息公开行政复议、行政诉讼情况", "h2 五、存在的主要问题及改进情况", "h2 六、其他需要报告的事项"}
	if !slices.Equal(got, want) {
		t.Errorf("headings\n%s", strings.Join(got, "\n"))
	}
}

// A figure names all heads that it stands under and beside, and no others.
func TestFiguresNameTheirHeads(t *testing.T) {
	for _, f := range form.All() {
		page := written(t, sample(t, f.ID), document.Options{})
		labels := map[string]string{}
		for _, m := range regexp.MustCompile(`<th[^>]* id="([^"]+)"[^>]*>(.*?)</th>`).FindAllStringSubmatch(page, -1) {
			if labels[m[1]] != "" {
				t.Errorf("two heads are called %s", m[1])
			}
			labels[m[1]] = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(m[2], "")
		}
		heads := map[string][]string{} // by figure
		for _, m := range regexp.MustCompile(`<td[^>]* headers="([^"]+)">(\d+)</td>`).FindAllStringSubmatch(page, -1) {
			for _, id := range strings.Fields(m[1]) {
				heads[m[2]] = append(heads[m[2]], labels[id])
			}
		}
		n := 1000
		for _, table := range f.Tables {
			for _, row := range table.Rows() {
				for _, c := range row.Columns {
					n++
					got := heads[fmt.Sprint(n)]
					want := append(slices.Clone(row.Parents), row.Label, c.Label)
					for _, label := range want {
						if !slices.Contains(got, label) {
							t.Errorf("%s %s.%s: %q is not among %q", f.ID, row.Key, c.Key, label, got)
						}
					}
					if len(got) > len(want)+2 { // groups of columns
						t.Errorf("%s %s.%s has heads %q", f.ID, row.Key, c.Key, got)
					}
				}
			}
		}
	}
}

func TestDraftAndSignature(t *testing.T) {
	r := sample(t, "2021")
	if page := written(t, r, document.Options{}); strings.Contains(page, "草稿") || strings.Contains(page, `class="draft"`) {
		t.Error("what is no draft is marked as one")
	}
	page := written(t, r, document.Options{Draft: document.DraftMark(true, false), Seal: true})
	for _, want := range []string{`<body class="draft" data-mark="草稿 校验未通过">`, "<strong>草稿 校验未通过</strong>", `class="signature seal"`, `<time datetime="2025-01-05">2025年1月5日</time>`,
		"<li>附件：1.目录</li>\n<li>2.统计表</li>", `alt="总体情况，图片1" width="40" height="20"`, `<html lang="zh-CN">`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestUnknownForm(t *testing.T) {
	if err := Write(io.Discard, &report.Report{Form: "1999"}, document.Options{}); err == nil {
		t.Error("no error")
	}
}

func BenchmarkWrite(b *testing.B) {
	r := sample(b, "2021")
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, r, document.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// A head over several columns, or beside several rows, is that of all of them.
func TestHeadsOfGroups(t *testing.T) {
	page := written(t, sample(t, "2021"), document.Options{})
	for _, want := range []string{`scope="colgroup"[^>]*>(?:<[^>]+>)*法人或`, `scope="rowgroup"[^>]*>(?:<[^>]+>)*（三）`, `scope="row"[^>]*>(?:<[^>]+>)*（一）`, `scope="col"[^>]*>(?:<[^>]+>)*自然人`} {
		if !regexp.MustCompile(want).MatchString(page) {
			t.Errorf("no %s", want)
		}
	}
}
