package word

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/message"
	"nianbao/convert/report"
)

func read(t testing.TB, body string, more Parts) *Document {
	t.Helper()
	more.Document = strings.NewReader(`<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`)
	d, err := Read(context.Background(), more, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shown writes a document down: a line a paragraph and a cell.
func shownAs(items []Item, indent string) string {
	var b strings.Builder
	for _, i := range items {
		if p := i.Paragraph; p != nil {
			if p.Text != "" || len(p.Pictures) > 0 {
				fmt.Fprintf(&b, "%s%d %q", indent, p.Number, p.Text)
				for _, pic := range p.Pictures {
					fmt.Fprintf(&b, " +%s %vx%v", pic.Relation, pic.Width, pic.Height)
				}
				for _, n := range p.Notes {
					fmt.Fprintf(&b, " [%s]", n)
				}
				b.WriteByte('\n')
			}
			continue
		}
		fmt.Fprintf(&b, "%stable %d %dx%d\n", indent, i.Table.Number, i.Table.Rows, i.Table.Columns)
		for _, c := range i.Table.Cells {
			at := report.ColumnName(c.Column) + fmt.Sprint(c.Row)
			if c.LastRow > c.Row || c.LastColumn > c.Column {
				at += ":" + report.ColumnName(c.LastColumn) + fmt.Sprint(c.LastRow)
			}
			fmt.Fprintf(&b, "%s %s %q\n", indent, at, c.Text())
			for _, i := range c.Items {
				if i.Table != nil {
					b.WriteString(shownAs([]Item{i}, indent+"  "))
				}
			}
		}
	}
	return b.String()
}

func para(runs string) string { return "<w:p>" + runs + "</w:p>" }
func run(text string) string {
	return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}
func styled(properties, text string) string {
	return `<w:r><w:rPr>` + properties + `</w:rPr><w:t>` + text + `</w:t></w:r>`
}
func cellOf(properties string, paragraphs ...string) string {
	s := "<w:tc><w:tcPr>" + properties + "</w:tcPr>"
	for _, p := range paragraphs {
		s += para(run(p))
	}
	return s + "</w:tc>"
}
func rowOf(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }
func tableOf(widths string, rows ...string) string {
	grid := ""
	for w := range strings.FieldsSeq(widths) {
		grid += `<w:gridCol w:w="` + w + `"/>`
	}
	return "<w:tbl><w:tblPr/><w:tblGrid>" + grid + "</w:tblGrid>" + strings.Join(rows, "") + "</w:tbl>"
}

func fieldOf(instruction, result string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>` + instruction + `</w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run(result) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

const box = `<w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent>`

func TestText(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"runs", para(run("收到") + run("申请 ") + run("5件")), `1 "收到申请 5件"`},
		{"space that is not kept", para("<w:r><w:t> 甲 \n</w:t></w:r>" + run("乙")), `1 "甲乙"`},
		{"a line broken in the XML", para("<w:r><w:t>甲\n乙</w:t></w:r>"), `1 "甲 乙"`},
		{"empty paragraphs are not counted", para("") + para(run("甲")) + para("<w:r><w:tab/></w:r>") + para(run("乙")), "1 \"甲\"\n0 \"\\t\"\n2 \"乙\""},
		{"tabs, breaks, hyphens", para("<w:r><w:t>2024</w:t><w:noBreakHyphen/><w:t>2025</w:t><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:softHyphen/><w:cr/></w:r>"), `1 "2024-2025\t甲\n乙\n"`},
		{"symbols", para(`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="52"/><w:sym w:font="仿宋" w:char="3007"/><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="x" w:char="D800"/></w:r>`), "1 \"☑☑〇\\uf04a\""},
		{"struck out and hidden", para(run("6") + styled("<w:strike/>", "1") + styled(`<w:dstrike w:val="1"/>`, "2") + styled("<w:vanish/>", "3") + styled(`<w:strike w:val="0"/>`, "4")), `1 "64"`},
		{"raised", para(run("5") + styled(`<w:vertAlign w:val="superscript"/>`, "2") + styled(`<w:vertAlign w:val="subscript"/>`, "3")), `1 "5²3"`},
		{"revisions", para(run("共") + "<w:ins>" + run("6") + "</w:ins><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:moveFrom>" + run("移走") + "</w:moveFrom><w:moveTo>" + run("件") + "</w:moveTo>"), `1 "共6件"`},
		{"what a property was", para("<w:pPr><w:pPrChange><w:pPr><w:numPr/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>"), `1 "甲"`},
		{"a deleted end", para("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"+run("甲")) + para(run("乙")) + para("<w:pPr><w:rPr><w:ins/></w:rPr></w:pPr>"+run("丙")) + para(run("丁")), "1 \"甲乙\"\n2 \"丙\"\n3 \"丁\""},
		{"fields", para(run("共") + fieldOf(" =SUM(LEFT) ", "12") + run("件，") + `<w:fldSimple w:instr="DATE">` + run("2025年1月") + `</w:fldSimple>`), `1 "共12件，2025年1月"`},
		{"a field in a field", para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>` + fieldOf("PAGE", "3") + `<w:r><w:fldChar w:fldCharType="separate"/></w:r>` + run("对") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), `1 "对"`},
		{"an instruction without end", para(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`+run("甲")) + para(run("乙")), `1 "乙"`},
		{"a list of contents", para(run("一、总体情况\t")+fieldOf(" PAGEREF _Toc12 ", "1")) + para(run("一、总体情况")), `1 "一、总体情况"`},
		{"a page that is referred to", para(run("见第") + fieldOf(" PAGEREF 表一 ", "3") + run("页")), `1 "见第3页"`},
		{"wrapped", para(`<w:hyperlink>` + run("甲") + `</w:hyperlink><w:smartTag><w:smartTagPr><w:attr/></w:smartTagPr>` + run("乙") + `</w:smartTag><w:customXml>` + run("丙") + `</w:customXml>`), `1 "甲乙丙"`},
		{"content controls", `<w:sdt><w:sdtPr/><w:sdtContent>` + para(run("甲")+`<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>`+run("单击此处")+`</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>`+run("乙")+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`, `1 "甲乙"`},
		{"ruby", para(`<w:r><w:ruby><w:rubyPr/><w:rt>` + run("hé") + `</w:rt><w:rubyBase>` + run("禾") + `</w:rubyBase></w:ruby></w:r>`), `1 "禾"`},
		{"a formula", para(run("为") + `<m:oMath><m:r><m:t>3×5</m:t></m:r></m:oMath>`), `1 "为3×5"`},
		{"a text box once", para(run("甲")+`<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>`+box+`</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>`+box+`</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`) + para(run("乙")), "1 \"甲\"\n2 \"框中\"\n3 \"乙\""},
		{"a text box of old", para(`<w:r><w:pict><v:shape><v:textbox>` + box + `</v:textbox></v:shape></w:pict></w:r>`), `1 "框中"`},
		{"pictures", para(`<w:r><w:drawing><wp:inline><wp:extent cx="127000" cy="63500"/><a:graphic><pic:pic><a:blip r:embed="r3"/></pic:pic></a:graphic></wp:inline></w:drawing></w:r>`) +
			para(run("甲")+`<w:r><w:object><v:shape><v:imagedata r:id="r4"/></v:shape><o:OLEObject/></w:object></w:r><w:r><w:drawing><c:chart r:id="r5"/></w:drawing></w:r>`), "1 \"\" +r3 10x5\n2 \"甲\" +r4 0x0 + 0x0"},
		{"comments", para(`<w:commentRangeStart w:id="1"/>` + run("甲") + `<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>`), `1 "甲"`},
		{"another prefix and none", `<p><r><t>甲</t></r></p><x:p><x:r><x:t>乙</x:t></x:r></x:p>`, "1 \"甲\"\n2 \"乙\""},
	} {
		if got := shownAs(read(t, c.body, Parts{}).Body, ""); got != c.want+"\n" {
			t.Errorf("%s:\n%s, want\n%s", c.name, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"merged both ways", tableOf("9 9 9",
			rowOf(cellOf(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, "甲"), cellOf("", "乙")),
			rowOf(cellOf(`<w:gridSpan w:val="2"/><w:vMerge/>`, ""), cellOf("", "丙")),
			rowOf(cellOf("", "丁", "戊"), cellOf("", "己"), cellOf("", "庚"))),
			`table 1 3x3; A1:B2 "甲"; C1 "乙"; C2 "丙"; A3 "丁\n戊"; B3 "己"; C3 "庚"`},
		{"what a merged cell covers", tableOf("9",
			rowOf(cellOf(`<w:vMerge w:val="restart"/>`, "6"), cellOf("", "甲")), rowOf(cellOf(`<w:vMerge w:val="continue"/>`, "99")), rowOf(cellOf(`<w:vMerge/>`, ""))),
			`table 1 3x2; A1:A3 "6"; B1 "甲"; A2 "99"`},
		{"merged with nothing", tableOf("9", rowOf(cellOf(`<w:vMerge/>`, "6"), cellOf("", "甲")), rowOf(cellOf("", "7")), rowOf(cellOf(`<w:vMerge/>`, "8"))), `table 1 3x2; A1 "6"; B1 "甲"; A2 "7"; A3 "8"`},
		{"merged beside, as of old", tableOf("9 9", rowOf(cellOf(`<w:hMerge w:val="restart"/>`, "甲"), cellOf(`<w:hMerge/>`, "")), rowOf(cellOf("", "1"), cellOf("", "2"))), `table 1 2x2; A1:B1 "甲"; A2 "1"; B2 "2"`},
		{"a row that begins later", tableOf("900 900", rowOf(cellOf("", "甲"), cellOf("", "乙")), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+cellOf("", "丙")+`</w:tr>`), `table 1 2x2; A1 "甲"; B1 "乙"; B2 "丙"`},
		{"edges that no cell has", tableOf("500 500 500 500", rowOf(cellOf(`<w:gridSpan w:val="2"/>`, "甲"), cellOf(`<w:gridSpan w:val="2"/>`, "乙")), rowOf(cellOf(`<w:gridSpan w:val="4"/>`, "丙"))), `table 1 2x2; A1 "甲"; B1 "乙"; A2:B2 "丙"`},
		{"edges a hair apart", tableOf("1000 20 1000", rowOf(cellOf("", "甲"), cellOf(`<w:gridSpan w:val="2"/>`, "乙")), rowOf(cellOf(`<w:gridSpan w:val="2"/>`, "丙"), cellOf("", "丁"))), `table 1 2x2; A1 "甲"; B1 "乙"; A2 "丙"; B2 "丁"`},
		{"a cell that is no more than a hair", tableOf("1000 20 1000", rowOf(cellOf("", "甲"), cellOf("", "乙"), cellOf("", "丙"))), `table 1 1x3; A1 "甲"; B1 "乙"; C1 "丙"`},
		{"widths that say nothing", tableOf("100 100 100", rowOf(cellOf("", "甲"), cellOf(`<w:gridSpan w:val="2"/>`, "乙")), rowOf(cellOf(`<w:gridSpan w:val="2"/>`, "丙"), cellOf("", "丁"))), `table 1 2x3; A1 "甲"; B1:C1 "乙"; A2:B2 "丙"; C2 "丁"`},
		{"no widths", tableOf("", rowOf(cellOf("", "甲"), cellOf("", "乙"))), `table 1 1x2; A1 "甲"; B1 "乙"`},
		{"rows and cells in revisions", tableOf("9 9", rowOf(cellOf("", "甲"), cellOf(`<w:cellDel/>`, "乙")), `<w:tr><w:trPr><w:del/></w:trPr>`+cellOf("", "丙")+`</w:tr>`, `<w:tr><w:trPr><w:ins/></w:trPr>`+cellOf("", "丁")+`</w:tr>`), `table 1 2x2; A1 "甲"; B1 ""; A2 "丁"`},
		{"wrapped", `<w:sdt><w:sdtContent>` + tableOf("9", `<w:sdt><w:sdtContent>`+rowOf(`<w:sdt><w:sdtContent>`+cellOf("", "甲")+`</w:sdtContent></w:sdt>`, cellOf("", "丙"))+`</w:sdtContent></w:sdt>`, `<w:customXml>`+rowOf(cellOf("", "乙"))+`</w:customXml>`) + `</w:sdtContent></w:sdt>`, `table 1 2x2; A1 "甲"; B1 "丙"; A2 "乙"`},
		{"nested", tableOf("9 9", rowOf(`<w:tc>`+para(run("上"))+tableOf("9", rowOf(cellOf("", "里"), cellOf("", "边")))+para(run("下"))+`</w:tc>`, cellOf("", "旁")), rowOf(cellOf("", "次"))) + tableOf("9 9", rowOf(cellOf("", "后"), cellOf("", "来"))), `table 1 2x2; A1 "上\n下";   table 2 1x2;    A1 "里";    B1 "边"; B1 "旁"; A2 "次"; table 3 1x2; A1 "后"; B1 "来"`},
		{"a layout", tableOf("9", rowOf(`<w:tc>`+para(run("上"))+tableOf("9", rowOf(cellOf("", "里"), cellOf("", "边")))+para(run("下"))+`</w:tc>`)), `1 "上"; table 1 1x2; A1 "里"; B1 "边"; 2 "下"`},
		{"a layout of two columns", tableOf("9 9", rowOf(cellOf("", "左"), `<w:tc>`+tableOf("9", rowOf(cellOf("", "里"), cellOf("", "边")))+`</w:tc>`)), `1 "左"; table 1 1x2; A1 "里"; B1 "边"`},
		{"a text box in a cell", tableOf("9", rowOf(`<w:tc>`+para(run("5")+`<w:r><w:pict>`+box+`</w:pict></w:r>`)+`</w:tc>`, cellOf("", "6"))), `table 1 1x2; A1 "5"; B1 "6"; 1 "框中"`},
		{"nothing left of it", tableOf("9", `<w:tr><w:trPr><w:del/></w:trPr>`+cellOf("", "丙")+`</w:tr>`), ``},
	} {
		got := strings.ReplaceAll(strings.TrimSuffix(shownAs(read(t, c.body, Parts{}).Body, ""), "\n"), "\n", "; ")
		if d := cmp.Diff(strings.ReplaceAll(c.want, ";  ", "; "), strings.ReplaceAll(got, ";  ", "; ")); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

const lists1 = `<w:numbering>
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="H1"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:pStyle w:val="H2"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3.%4"/></w:lvl>
 <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>`

const styles1 = `<w:styles>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="old"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="older"><w:basedOn w:val="old"/></w:style>
<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>
</w:styles>`

func TestListsAndStyles(t *testing.T) {
	inList := func(list, level int) string {
		return fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, level, list)
	}
	inStyle := func(style string) string { return `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` }
	var b strings.Builder
	for _, p := range [][2]string{
		{inStyle("11"), "一、总体情况　1"},
		{inStyle("H1"), "总体情况"}, {inStyle("H2"), "主动公开"}, {inStyle("H2"), "依申请公开"}, {inList(1, 2), "2024年"}, {inList(1, 3), "甲"},
		{inStyle("H1"), "主动公开"}, {inStyle("H2"), "又"}, {inList(1, 4), "点"}, {inList(4, 0), "同一个"}, {inList(2, 0), "重新"}, {inList(2, 0), "再"},
		{inList(3, 0), "圈"}, {inList(3, 0), "圈"}, {inList(0, 0), "无"}, {inList(77, 0), "没有"},
		{inStyle("old"), "划去"}, {inStyle("loop"), "环"},
		{`<w:pPr><w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>`, "不编号"},
	} {
		b.WriteString(para(p[0] + run(p[1])))
	}
	b.WriteString(para(inList(3, 0)+styled(`<w:rStyle w:val="older"/>`, "划去")) + para(`<w:pPr><w:pStyle w:val="old"/></w:pPr>`+styled(`<w:strike w:val="false"/>`, "没划去")))
	d := read(t, b.String(), Parts{Numbering: strings.NewReader(lists1), Styles: strings.NewReader(styles1)})
	want := `一、总体情况|（一）主动公开|（二）依申请公开|1. 2024年|1.1.1甲|二、主动公开|（一）又|点|三、同一个|一、重新|二、再|③圈|④圈|无|没有||环|不编号|⑤|没划去`
	var got []string
	for _, i := range d.Body {
		got = append(got, i.Paragraph.Text)
	}
	if d := cmp.Diff(strings.Split(want, "|"), got); d != "" {
		t.Error(d)
	}
}

// Of two lists that say to be a style's, the first counts, each time.
func TestListOfStyle(t *testing.T) {
	numbering := `<w:numbering><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="L"/></w:abstractNum>`
	for i, text := range []string{"甲", "乙", "丙", "丁"} {
		numbering += fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="%s"/></w:lvl><w:styleLink w:val="L"/></w:abstractNum>`, i+1, text)
	}
	numbering += `<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	for range 20 {
		d := read(t, para(`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`+run("文")), Parts{Numbering: strings.NewReader(numbering)})
		if got := d.Body[0].Paragraph.Text; got != "甲文" {
			t.Fatal(got)
		}
	}
}

func TestNumeral(t *testing.T) {
	for _, c := range []struct {
		n            int
		format, want string
	}{
		{1, "chineseCounting", "一"}, {10, "chineseCounting", "十"}, {12, "japaneseCounting", "十二"}, {20, "chineseCountingThousand", "二十"}, {103, "chineseCountingThousand", "一百零三"}, {110, "chineseCounting", "一百一十"},
		{1001, "chineseCountingThousand", "一千零一"}, {10, "ideographDigital", "一〇"}, {3, "ideographTraditional", "丙"}, {11, "ideographTraditional", "11"}, {21, "decimalEnclosedCircle", "21"}, {2, "decimalEnclosedParen", "⑵"},
		{12, "decimalFullWidth", "１２"}, {4, "lowerRoman", "iv"}, {2024, "upperRoman", "MMXXIV"}, {27, "upperLetter", "AA"}, {5, "decimalZero", "05"}, {5, "hebrew1", "5"}, {3, "chineseLegalSimplified", "叁"}, {0, "none", ""}, {-3, "chineseCounting", "-3"},
	} {
		if got := numeral(c.n, c.format); got != c.want {
			t.Errorf("%d as %s: %s, want %s", c.n, c.format, got, c.want)
		}
	}
}

func TestNotes(t *testing.T) {
	d := read(t, para(run("收费")+`<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:footnoteReference w:id="9"/></w:r>`), Parts{
		Footnotes: strings.NewReader(`<w:footnotes><w:footnote w:id="0" w:type="separator"/><w:footnote w:id="2">` + para("<w:r><w:footnoteRef/></w:r>"+run(" 含罚没")) + `</w:footnote></w:footnotes>`),
		Endnotes:  strings.NewReader(`<w:endnotes><w:endnote w:id="2">` + para(run("见附件")) + `</w:endnote></w:endnotes>`),
	})
	if got := shownAs(d.Body, ""); got != "1 \"收费\" [含罚没] [见附件]\n" {
		t.Error(got)
	}
}

// A span is what the part has of an element, tags included.
func TestSpans(t *testing.T) {
	p, c := para(run("乙")), cellOf("", "丙")
	body := para(run("甲")) + p + tableOf("9", rowOf(c, c))
	d := read(t, body, Parts{})
	src := `<w:document xmlns:w="w"><w:body>` + body + `</w:body></w:document>`
	at := func(s Span) string { return src[s.From:s.To] }
	table := d.Body[2].Table
	for _, s := range [][2]string{{at(d.Body[1].Paragraph.Span), p}, {at(table.Cells[0].Span), c}, {at(table.Span), tableOf("9", rowOf(c, c))}, {at(table.Cells[0].Items[0].Paragraph.Span), para(run("丙"))}} {
		if s[0] != s[1] {
			t.Errorf("%q, want %q", s[0], s[1])
		}
	}
}

func TestLimits(t *testing.T) {
	cell := cellOf("", "5")
	for _, c := range []struct {
		name, body, want string
		limits           Limits
	}{
		{"cells", tableOf("9", rowOf(cell, cell, cell)), "read.limit.cells", Limits{Cells: 2}},
		{"as many cells as there may be", tableOf("9", rowOf(cell, cell)), "", Limits{Cells: 2}},
		{"text", para(run(strings.Repeat("甲", 400))), "read.limit.text", Limits{Text: 1000}},
		{"nested", strings.Repeat("<w:sdt><w:sdtContent>", 120) + strings.Repeat("</w:sdtContent></w:sdt>", 120), "read.nested", Limits{}},
		{"tables in tables", strings.Repeat("<w:tbl><w:tr><w:tc>", 80), "read.nested", Limits{}},
		{"columns", tableOf("9", rowOf(cellOf(`<w:gridSpan w:val="2000000000"/>`, "5"))), "read.limit.columns", Limits{}},
		{"columns beyond all numbers", tableOf("9", rowOf(cell, cellOf(`<w:gridSpan w:val="9223372036854775807"/>`, "5"))), "read.limit.columns", Limits{}},
		{"as many columns before as numbers go", tableOf("9", `<w:tr><w:trPr><w:gridBefore w:val="9223372036854775807"/></w:trPr>`+cell+`</w:tr>`), "read.limit.columns", Limits{}},
		{"as many columns as there may be", tableOf("9", rowOf(cellOf(`<w:gridSpan w:val="1000"/>`, "5"))), "", Limits{}},
		{"columns before", tableOf("9", `<w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr>`+cell+`</w:tr>`), "read.limit.columns", Limits{}},
	} {
		_, err := Read(context.Background(), Parts{Document: strings.NewReader(`<w:document><w:body>` + c.body + `</w:body></w:document>`)}, c.limits)
		var m *message.Error
		switch {
		case c.want == "" && err != nil, c.want != "" && !errors.As(err, &m), c.want != "" && m.Message.Key != c.want:
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := Read(context.Background(), Parts{Document: strings.NewReader(`<w:document><w:body><w:p>`)}, Limits{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a document cut off: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Nanosecond)
	defer cancel()
	<-ctx.Done()
	if _, err := Read(ctx, Parts{Document: strings.NewReader(`<w:document><w:body>` + strings.Repeat(para(run("甲")), 1000))}, Limits{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("out of time: %v", err)
	}
}

// What a file repeats without end is not kept without end.
func TestRepeated(t *testing.T) {
	r := &reader{ctx: context.Background(), limits: Limits{Text: 1 << 20}}
	strikes := strings.Repeat(`<w:strike/>`, 1000) + `<w:strike w:val="0"/>`
	s, err := r.readStyles(strings.NewReader(`<w:styles><w:style w:styleId="a"><w:rPr><w:vanish/>` + strikes + `</w:rPr></w:style></w:styles>`))
	if err != nil || len(s.byID["a"].properties) != 2 || s.look("a") != (look{hidden: true}) {
		t.Errorf("%d properties, %+v, %v", len(s.byID["a"].properties), s.look("a"), err)
	}
	pictures := func(n int) error { // where three more things may be kept
		r := &reader{ctx: context.Background(), limits: Limits{Text: 1 << 20}, items: maxItems - 3}
		body := para(`<w:r><w:drawing>` + strings.Repeat(`<a:blip/>`, n) + `</w:drawing></w:r>`)
		return r.part(strings.NewReader(`<w:document><w:body>`+body+`</w:body></w:document>`), func(element) error {
			_, err := r.block()
			return err
		})
	}
	var m *message.Error
	if err := pictures(3); !errors.As(err, &m) || m.Message.Key != "read.limit.text" {
		t.Errorf("three pictures in a paragraph: %v", err)
	}
	if err := pictures(2); err != nil {
		t.Errorf("two pictures in a paragraph: %v", err)
	}
}

// FuzzOpen: whatever the XML, reading it ends in a document whose spans and numbers
// are in order, or in an error.
func FuzzOpen(f *testing.F) {
	f.Add(para(run("甲")), lists1, styles1)
	f.Add(tableOf("9 9", rowOf(cellOf(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, "甲")), rowOf(cellOf(`<w:vMerge/>`, "乙"), cellOf("", "丙"))), "", "")
	f.Add(para(`<w:r><mc:AlternateContent><mc:Choice><w:drawing>`+box+`</w:drawing></mc:Choice></mc:AlternateContent></w:r>`+fieldOf("TOC", "甲")), "", "")
	f.Fuzz(func(t *testing.T, body, lists, styles string) {
		if len(body)+len(lists)+len(styles) > 1<<18 {
			return
		}
		src := `<w:document><w:body>` + body + `</w:body></w:document>`
		p := Parts{Document: strings.NewReader(src)}
		if lists != "" {
			p.Numbering = strings.NewReader(lists)
		}
		if styles != "" {
			p.Styles = strings.NewReader(styles)
		}
		d, err := Read(context.Background(), p, Limits{Cells: 10_000, Text: 1 << 20})
		if err != nil {
			return
		}
		var visit func(items []Item)
		visit = func(items []Item) {
			for _, i := range items {
				if (i.Paragraph == nil) == (i.Table == nil) {
					t.Fatal("neither a paragraph nor a table, or both")
				}
				if i.Paragraph != nil {
					if s := i.Paragraph.Span; s.From >= s.To || s.To > int64(len(src)) {
						t.Fatalf("%+v", s)
					}
					continue
				}
				row, column := 1, 0
				for _, c := range i.Table.Cells {
					if c.Row < row || c.Row == row && c.Column <= column || c.LastRow < c.Row || c.LastColumn < c.Column || c.LastRow > i.Table.Rows || c.LastColumn > i.Table.Columns {
						t.Fatalf("cell %+v of %dx%d", c, i.Table.Rows, i.Table.Columns)
					}
					row, column = c.Row, c.Column
					visit(c.Items)
				}
			}
		}
		visit(d.Body)
	})
}

func BenchmarkRead(b *testing.B) {
	row := rowOf(cellOf(`<w:tcW w:w="900" w:type="dxa"/>`, "予以公开"), cellOf("", "5"), cellOf("", "6"), cellOf("", "7"), cellOf("", "8"), cellOf("", "9"), cellOf("", "10"), cellOf("", "45"))
	var s strings.Builder
	s.WriteString(`<w:document><w:body>`)
	for range 40 {
		s.WriteString(para(styled(`<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>`, strings.Repeat("全年收到申请，均按期答复。", 10))))
	}
	s.WriteString(tableOf("900 900 900 900 900 900 900 900", strings.Repeat(row, 60)) + `</w:body></w:document>`)
	b.SetBytes(int64(s.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), Parts{Document: strings.NewReader(s.String())}, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
