package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
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

// sample is a report of a form with a bit of everything, whose figures count up from
// first.
func sample(t testing.TB, id string, first int64) *report.Report {
	t.Helper()
	f, err := form.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	r, err := generate.Everything(f, first)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// written is the document of a report.
func written(t testing.TB, r *report.Report, o document.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpacked are the parts of a package.
func unpacked(t testing.TB, src []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(content)
		if !f.Modified.IsZero() && f.Modified.Year() > 1980 {
			t.Errorf("%s is from %v", f.Name, f.Modified)
		}
	}
	return parts
}

func TestSameReportSameBytes(t *testing.T) {
	r := sample(t, "2021", 0)
	if a, b := written(t, r, document.Options{Draft: document.DraftMark(true, false)}), written(t, r, document.Options{Draft: document.DraftMark(true, false)}); !bytes.Equal(a, b) {
		t.Error("bytes differ")
	}
}

// order is how ECMA-376 has the elements in what they stand in, Transitional, as far as
// they are written here.
var order = map[string]string{
	"pPr":        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
	"rPr":        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
	"tblPr":      "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
	"tcPr":       "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
	"tblBorders": "top left bottom right insideH insideV", "tblCellMar": "top left bottom right",
	"sectPr":   "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
	"style":    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr",
	"settings": "writeProtection view zoom removePersonalInformation mirrorMargins documentProtection defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat rsids themeFontLang",
	"compat":   "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn adjustLineHeightInTable useFELayout compatSetting",
	"font":     "altName panose1 charset family notTrueType pitch sig",
	"tbl":      "tblPr tblGrid tr", "tc": "tcPr p", "p": "pPr r", "r": "rPr t br drawing fldChar instrText pict",
	"inline": "extent effectExtent docPr cNvGraphicFramePr graphic", "pic": "nvPicPr blipFill spPr", "spPr": "xfrm prstGeom",
}

// Elements stand in the order that Word insists on, none where there may be but one
// stands twice, and every id of a relation leads to a part.
func TestElementsAreInOrder(t *testing.T) {
	several := []string{"headerReference", "footerReference", "compatSetting", "tr", "p", "r"}
	for name, content := range unpacked(t, written(t, sample(t, "2021", 100_000_000), document.Options{Draft: document.DraftMark(true, false)})) {
		if strings.HasPrefix(name, "word/media/") {
			continue
		}
		d := xml.NewDecoder(strings.NewReader(content))
		type open struct {
			name string
			last int
			was  string
		}
		stack := []*open{{}}
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				parent := stack[len(stack)-1]
				if list, ok := order[parent.name]; ok {
					at := slices.Index(strings.Fields(list), e.Name.Local)
					switch {
					case at < 0:
						t.Errorf("%s: %s has %s", name, parent.name, e.Name.Local)
					case at < parent.last, parent.was == e.Name.Local && !slices.Contains(several, e.Name.Local):
						t.Errorf("%s: in %s, %s stands behind %s", name, parent.name, e.Name.Local, parent.was)
					}
					parent.last, parent.was = at, e.Name.Local
				}
				stack = append(stack, &open{name: e.Name.Local})
			case xml.EndElement:
				if n := len(stack) - 1; stack[n].name == "tc" && stack[n].was != "p" {
					t.Errorf("%s: a cell ends in %q", name, stack[n].was)
				}
				stack = stack[:len(stack)-1]
			}
		}
	}
}

func TestEveryRelationLeadsToAPart(t *testing.T) {
	for _, draft := range []string{"", document.DraftMark(false, true)} {
		parts := unpacked(t, written(t, sample(t, "2021", 0), document.Options{Draft: draft}))
		known := map[string]bool{}
		for _, rels := range [][2]string{{"_rels/.rels", ""}, {"word/_rels/document.xml.rels", "word/"}} {
			for _, m := range regexp.MustCompile(`Id="([^"]+)" [^>]*Target="([^"]+)"`).FindAllStringSubmatch(parts[rels[0]], -1) {
				known[m[1]] = true
				if _, ok := parts[rels[1]+m[2]]; !ok {
					t.Errorf("%s leads to %s, which is not there", m[1], m[2])
				}
			}
		}
		for _, m := range regexp.MustCompile(`r:(?:id|embed)="([^"]+)"`).FindAllStringSubmatch(parts["word/document.xml"], -1) {
			if !known[m[1]] {
				t.Errorf("%s is no relation", m[1])
			}
		}
		for _, m := range regexp.MustCompile(`w:(?:pStyle|rStyle|basedOn|next) w:val="([^"]+)"`).FindAllStringSubmatch(parts["word/document.xml"]+parts["word/styles.xml"]+parts["word/footer1.xml"]+parts["word/header1.xml"], -1) {
			if !strings.Contains(parts["word/styles.xml"], `w:styleId="`+m[1]+`"`) {
				t.Errorf("there is no style %s", m[1])
			}
		}
		for name := range parts {
			if strings.HasSuffix(name, ".xml") && !strings.Contains(parts["[Content_Types].xml"], `"/`+name+`"`) && name != "[Content_Types].xml" {
				t.Errorf("%s has no type", name)
			}
		}
		if _, marked := parts["word/header1.xml"]; marked != (draft != "") || marked && !strings.Contains(parts["word/header2.xml"], draft) {
			t.Errorf("the mark of a draft is there: %v, is one: %v", marked, draft)
		}
	}
}

// The page of GB/T 9704—2012 in twips of 1/1440 of 25.4 mm.
func TestThePage(t *testing.T) {
	parts := unpacked(t, written(t, sample(t, "2021", 0), document.Options{}))
	var s struct {
		Margins struct {
			Top    int `xml:"top,attr"`
			Left   int `xml:"left,attr"`
			Right  int `xml:"right,attr"`
			Bottom int `xml:"bottom,attr"`
		} `xml:"body>sectPr>pgMar"`
		Page struct {
			Width  int `xml:"w,attr"`
			Height int `xml:"h,attr"`
		} `xml:"body>sectPr>pgSz"`
		Grid struct {
			Type  string `xml:"type,attr"`
			Lines int    `xml:"linePitch,attr"`
			Space int    `xml:"charSpace,attr"`
		} `xml:"body>sectPr>docGrid"`
	}
	if err := xml.Unmarshal([]byte(parts["word/document.xml"]), &s); err != nil {
		t.Fatal(err)
	}
	const mm = 1440 / 25.4
	near := func(what string, got int, want float64) {
		t.Helper()
		if d := float64(got) - want*mm; d < -1 || d > 1 {
			t.Errorf("%s is %.2f mm, not %.2f", what, float64(got)/mm, want)
		}
	}
	near("the top margin", s.Margins.Top, 37)
	near("the left margin", s.Margins.Left, 28)
	width, height := s.Page.Width-s.Margins.Left-s.Margins.Right, s.Page.Height-s.Margins.Top-s.Margins.Bottom
	near("the type area's width", width, 156)
	near("the type area's height", height, 225)
	if s.Grid.Type != "linesAndChars" || height/s.Grid.Lines != 22 {
		t.Errorf("%d lines of the grid %s", height/s.Grid.Lines, s.Grid.Type)
	}
	pitch := 16 + float64(s.Grid.Space)/4096
	if n := int(float64(width) / 20 / pitch); n != 28 {
		t.Errorf("%d characters a line", n)
	}
	for i, want := range []string{`w:val="right"`, `w:val="left"`} {
		footer := parts[fmt.Sprintf("word/footer%d.xml", i+1)]
		if !strings.Contains(footer, `<w:jc `+want) || !strings.Contains(footer, " PAGE ") {
			t.Errorf("footer %d: %s", i+1, footer)
		}
	}
}

// Headings have the levels of an outline without gaps; those that text follows on their
// line have none.
func TestHeadings(t *testing.T) {
	parts := unpacked(t, written(t, sample(t, "2021", 0), document.Options{}))
	var got []string
	for _, m := range regexp.MustCompile(`<w:p><w:pPr><w:pStyle w:val="(Heading\d|BodyText)"/>(?:<w:keepNext/>)?(?:<w:outlineLvl w:val="(\d)"/>)?</w:pPr>(.*?)</w:p>`).FindAllStringSubmatch(parts["word/document.xml"], -1) {
		text := regexp.MustCompile(`<[^>]+>`).ReplaceAllString(m[3], "")
		if m[1] != styleText || strings.Contains(m[3], "RunIn") {
			got = append(got, strings.TrimSpace(m[1]+" "+m[2]+" "+text))
		}
	}
	want := []string{"Heading1  一、总体情况", "BodyText  （一）主动公开。公开信息3条。", "Heading2  （二）依申请公开", "Heading3  1.健全制度", "Heading1 1 一、小结",
		"Heading1  二、主动公开政府信息情况", "Heading1  三、收到和处理政府信息公开申请情况", "Heading1  四、政府信息公开行政复议、行政诉讼情况", "Heading1  五、存在的主要问题及改进情况", "Heading1  六、其他需要报告的事项"}
	if !slices.Equal(got, want) {
		t.Errorf("headings\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Tables are whole grids of the width of the type area, and a figure fits its cell.
func TestTables(t *testing.T) {
	for _, first := range []int64{0, 1000, 123_456_789, -123_456_789_012} {
		for _, f := range form.All() {
			d, err := document.Of(sample(t, f.ID, first), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, it := range d.Items {
				table, ok := it.(*document.Table)
				if !ok {
					continue
				}
				fitted := fit(table)
				total := 0
				for _, w := range fitted.widths {
					total += w
				}
				if total != areaWidth || slices.Min(fitted.widths) < 300 {
					t.Errorf("%s: columns of %v", table.Name, fitted.widths)
				}
				for _, c := range table.Cells {
					if c.Role != form.Value {
						continue
					}
					points, scale := fitted.size, 100.0
					properties := fitted.figure(c)
					fmt.Sscanf(regexp.MustCompile(`w:sz w:val="\d+`).FindString(properties), `w:sz w:val="%f`, &points)
					if points != fitted.size {
						points /= 2
					}
					fmt.Sscanf(regexp.MustCompile(`w:w w:val="\d+`).FindString(properties), `w:w w:val="%f`, &scale)
					if width := float64(len(c.Text)) * 0.56 * points * scale / 100; width > fitted.inner(c)+0.01 {
						t.Errorf("%s is %.1f pt wide in %.1f", c.Text, width, fitted.inner(c))
					}
				}
			}
		}
	}
}

// Nothing says who wrote the document where and when.
func TestMetadata(t *testing.T) {
	parts := unpacked(t, written(t, sample(t, "2021", 0), document.Options{}))
	if got := regexp.MustCompile(`<[^>]+>`).ReplaceAllString(parts["docProps/app.xml"], ""); strings.TrimSpace(got) != producer {
		t.Errorf("docProps/app.xml: %s", got)
	}
	for _, what := range []string{"lastModifiedBy", "created", "modified", "Company", "Manager", "rsid"} {
		for name, content := range parts {
			if strings.Contains(content, what) {
				t.Errorf("%s: %s", name, what)
			}
		}
	}
	if !strings.Contains(parts["docProps/core.xml"], "<dc:creator>某县水务局</dc:creator>") {
		t.Error("the document does not say whose it is")
	}
}

// Whatever a text holds, the document is well-formed.
func TestAnyText(t *testing.T) {
	for _, text := range []string{"", "\x00\x01\x1f", "\xff坏\xc3", "👍🏽", "]]>&amp;<w:p>", "\ufffe\uffff\U0010ffff", "\u2028\n\n\t", strings.Repeat("长", 5000)} {
		r := sample(t, "2021", 0)
		r.Title, r.Organization = text, text
		r.Signature = report.Signature{Organization: text, Date: text}
		r.Section("overview").Paragraphs = []report.Paragraph{{Text: text}, {Text: "（一）" + text + "。" + text}, {Text: "附件：1." + text}}
		for name, content := range unpacked(t, written(t, r, document.Options{})) {
			if !strings.HasPrefix(name, "word/media/") {
				if err := xml.Unmarshal([]byte(content), new(struct{})); err != nil {
					t.Errorf("%q: %s: %v", text, name, err)
				}
			}
		}
	}
}

func TestUnknownForm(t *testing.T) {
	if err := Write(io.Discard, &report.Report{Form: "1999"}, document.Options{}); err == nil {
		t.Error("no error")
	}
}

func BenchmarkWrite(b *testing.B) {
	r := sample(b, "2021", 0)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, r, document.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// The head of a table is repeated on its pages. That of several blocks, each with a head
// of its own, has none that is the table's.
func TestHeadsAreRepeated(t *testing.T) {
	document := unpacked(t, written(t, sample(t, "2021", 0), document.Options{}))["word/document.xml"]
	var repeated []int
	for _, table := range strings.Split(document, "<w:tbl>")[1:] {
		repeated = append(repeated, strings.Count(table, "<w:tblHeader/>"))
	}
	if want := []int{0, 3, 3}; !slices.Equal(repeated, want) {
		t.Errorf("rows of heads that are repeated: %v, want %v", repeated, want)
	}
}
