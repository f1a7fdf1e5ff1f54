package formula

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// bookOf makes a book of sheets that are written as text: cells by address, =… for a
// formula, '… for a text that looks like something else.
func bookOf(sheets map[string]map[string]string, names ...Name) Book {
	b := Book{Names: names, Recalculate: true}
	for s := range sheets {
		b.Sheets = append(b.Sheets, s)
	}
	slices.Sort(b.Sheets)
	cells := map[Ref]Cell{}
	used := make([][2]int, len(b.Sheets))
	var order []Ref
	for i, s := range b.Sheets {
		for address, content := range sheets[s] {
			c, kind, ok := parseCorner(address)
			if !ok || kind != wholeCell {
				panic(address)
			}
			at := Ref{i, c.row, c.column}
			cells[at] = cellOf(at, content)
			order = append(order, at)
			used[i] = [2]int{max(used[i][0], c.row), max(used[i][1], c.column)}
		}
	}
	slices.SortFunc(order, func(a, b Ref) int {
		if a.key() < b.key() {
			return -1
		}
		return 1
	})
	b.Cell = func(r Ref) Cell { return cells[r] }
	b.Scan = func(a Area, visit func(Ref, Cell) bool) int {
		for i, r := range order {
			if contains(a, r) && !visit(r, cells[r]) {
				return i
			}
		}
		return len(order)
	}
	b.Used = func(s int) (int, int) { return used[s][0], used[s][1] }
	return b
}

func contains(a Area, r Ref) bool {
	return a.Sheet == r.Sheet && a.Row <= r.Row && r.Row <= a.LastRow && a.Column <= r.Column && r.Column <= a.LastColumn
}

func cellOf(at Ref, content string) Cell {
	if rest, ok := strings.CutPrefix(content, "="); ok {
		return Cell{Formula: &Formula{Text: rest, Row: at.Row, Column: at.Column}}
	}
	if rest, ok := strings.CutPrefix(content, "'"); ok {
		return Cell{Value: text(rest)}
	}
	if d, ok := ParseNumber(content); ok {
		return Cell{Value: number(d)}
	}
	switch {
	case content == "TRUE" || content == "FALSE":
		return Cell{Value: boolean(content == "TRUE")}
	case strings.HasPrefix(content, "#"):
		return Cell{Value: failure(content)}
	}
	return Cell{Value: text(content)}
}

// resultText is a result in one line.
func resultText(r Result) string {
	switch r.State {
	case Unsupported:
		return "unsupported " + r.What
	case Circular:
		return "circular"
	case OverBudget:
		return "over budget"
	}
	if r.Value.Kind == Text {
		return fmt.Sprintf("%q", r.Value.Text)
	}
	return toText(r.Value)
}

func evaluate(t testing.TB, b Book, at string) string {
	t.Helper()
	sheet, address, ok := strings.Cut(at, "!")
	if !ok {
		sheet, address = b.Sheets[0], at
	}
	c, _, _ := parseCorner(address)
	r, err := New(b).Evaluate(context.Background(), Ref{slices.Index(b.Sheets, sheet), c.row, c.column})
	if err != nil {
		t.Fatal(err)
	}
	return resultText(r)
}

// figures are what the formulas of the tables below are computed over.
var figures = map[string]map[string]string{
	"A": {
		"A1": "1", "A2": "2", "A3": "3", "A4": "4", "A5": "5",
		"B1": "10", "B2": "20", "B3": "abc", "B4": "TRUE", "B5": "'7",
		"C1": "县政府", "C2": "教育局", "C3": "县医院", "C4": "ABC", "C5": "a*c",
		"D1": "0.1", "D2": "0.2", "D3": "12.300000000000001", "D4": "0.33333333333333331", "D5": "1E-3",
		"E1": "#N/A", "E2": "45678", "E3": "45678.75", "E4": "-5", "E5": "=A1+A2",
		"G10": "100", "H1": "=1/0", "H2": "=FOO(1)", "H3": "=\"\"", "H4": "=Z99",
		"K1": "县政府", "K2": "教育局", "K3": "卫健局", "L1": "7", "L2": "8", "L3": "9",
		"M1": "10", "M2": "20", "M3": "30", "N1": "=SUBTOTAL(9,A1:A2)",
	},
	"表 二":   {"A1": "11", "A2": "12"},
	"It's":  {"A1": "21"},
	"Sheet": {"A1": "31", "A2": "=a!A1+SHEET!A1", "B1": "41"},
}

var names = []Name{
	{"率", -1, "0.13"}, {"全部", -1, "A!$A$1:$A$5"}, {"合计数", -1, "SUM(全部)"}, {"三层", -1, "合计数*率"},
	{"本表", 0, "A!$A$1"}, {"本表", -1, "A!$A$5"}, {"左边", -1, "A!A1"}, {"自己", -1, "自己+1"},
}

func TestEvaluate(t *testing.T) {
	for _, c := range []struct{ formula, want string }{
		// Operators.
		{"1+2*3", "7"}, {"(1+2)*3", "9"}, {"2^3^2", "64"}, {"-2^2", "4"}, {"2^-1", "0.5"}, {"10%", "0.1"}, {"50%%", "0.005"}, {"-50%", "-0.5"},
		{"1-2-3", "-4"}, {"8/4/2", "1"}, {"--A1", "1"}, {"---A1", "-1"}, {"+A1", "1"}, {"2*-3", "-6"}, {"5%-1", "-0.95"}, {"1/0", "#DIV/0!"}, {"0/5", "0"},
		{"0.1+0.2=0.3", "TRUE"}, {"1.1-1-0.1", "0"}, {"1/3*3=1", "TRUE"}, {"D4*3", "1"}, {"D3", "12.3"}, {"1/3", "0.333333333333333"}, {"2/3", "0.666666666666667"},
		{"1E3", "1000"}, {"10E+2", "1000"}, {"0.5e-1", "0.05"}, {"1.5E+3-1", "1499"}, {"1E300*1E300", "#NUM!"}, {"1E-300*1E-300", "0"}, {"2^0.5", "1.4142135623731"}, {"0^0", "#NUM!"}, {"(-8)^(1/3)", "#NUM!"}, {"2^100000", "#NUM!"}, {"2^-100000", "0"},
		{`"a"&"b"&1`, `"ab1"`}, {`1&2`, `"12"`}, {`"5"+1`, "6"}, {`"1,234"+0`, "1234"}, {`"12%"*1`, "0.12"}, {`"1,23"+0`, "#VALUE!"}, {`"x"+1`, "#VALUE!"}, {`"2024-1-20"+0`, "45311"}, {`"2024-2-30"+0`, "#VALUE!"}, {"TRUE+1", "2"}, {`"a""b"`, `"a\"b"`},
		{`"a"="A"`, "TRUE"}, {`"a"<"B"`, "TRUE"}, {`1<"a"`, "TRUE"}, {`"z"<TRUE`, "TRUE"}, {`Z1=0`, "TRUE"}, {`Z1=""`, "TRUE"}, {`Z1=FALSE`, "TRUE"}, {`"县"="县"`, "TRUE"}, {`"县"<>"区"`, "TRUE"}, {`"县"<"区"`, "unsupported <"}, {"1<>2", "TRUE"}, {"2>=2", "TRUE"}, {"3<=2", "FALSE"}, {"1=1=1", "FALSE"},
		{"E1", "#N/A"}, {"E1+1", "#N/A"}, {"#REF!+1", "#REF!"}, {"SUM(#REF!A1)", "#REF!"}, {"SUM(A!#REF!)", "#REF!"}, {"1\n+\t2", "3"}, {" 1 + 2 ", "3"},
		// References.
		{"A1", "1"}, {"$A$2", "2"}, {"Z1", "0"}, {"E5", "3"}, {"SUM(A1:A5)", "15"}, {"SUM(A5:A1)", "15"}, {"SUM($A1:A$3)", "6"}, {"SUM(A:A)", "15"}, {"SUM(1:1)-SUM(B1:Z1)", "#N/A"}, {"SUM(5:5)-SUM(B5:Z5)", "5"}, {"SUM(A1,A3,5)", "9"}, {"SUM((A1,A3))", "4"}, {"SUM(A1:A3 A2:B9)", "5"}, {"A1:A2 B1:B2", "#NULL!"},
		{"'表 二'!A1", "11"}, {"'IT''S'!A1", "21"}, {"sheet!A1", "31"}, {"Sheet!A2", "32"}, {"SUM(A:Sheet!A1)", "53"}, {"SUM('A:表 二'!A1)", "64"}, {"Nowhere!A1", "unsupported Nowhere!A1"}, {"[1]A!A1", "unsupported [1]A!A1"}, {"T[列]", "unsupported T[列]"}, {"A1048577", "unsupported A1048577"}, {"XFE1", "unsupported XFE1"}, {"A1:XFD1048576", "#VALUE!"},
		{"率*100", "13"}, {"SUM(全部)", "15"}, {"三层", "1.95"}, {"本表", "1"}, {"Sheet!本表", "5"}, {"自己", "circular"}, {"无此名称", "unsupported 无此名称"}, {"A1:A3", "#VALUE!"}, {"SUM(A1:A3*2)", "#VALUE!"},
		// Adding up.
		{"SUM(B1:B5)", "30"}, {`SUM("5",TRUE,B3:B5)`, "6"}, {`SUM("x")`, "#VALUE!"}, {"SUM(E1:E2)", "#N/A"}, {"SUM({1,2;3,4})", "10"}, {"SUM({1,2}*{3;4})", "21"}, {"SUM(A1:A2,)", "3"},
		{"PRODUCT(A1:A5)", "120"}, {"PRODUCT(Z1:Z9)", "0"}, {"AVERAGE(A1:A4)", "2.5"}, {"AVERAGE(Z1:Z2)", "#DIV/0!"}, {"MAX(A1:B5)", "20"}, {"MIN(A1:A5,-1)", "-1"}, {"MAX(Z1:Z2)", "0"}, {"MAX(E1:E4)", "#N/A"},
		{"COUNT(A1:B5)", "7"}, {`COUNT("5",TRUE,"x",E1)`, "2"}, {"COUNTA(A1:C5)", "15"}, {"COUNTA(H3)", "1"}, {"COUNTA(Z1:Z9)", "0"}, {"COUNTA(E:E)", "5"},
		{"SUMPRODUCT(A1:A3,M1:M3)", "140"}, {"SUMPRODUCT((A1:A5>2)*A1:A5)", "12"}, {"SUMPRODUCT(A1:A3,A1:A2)", "#VALUE!"}, {"SUMPRODUCT(--(C1:C5=\"县政府\"))", "1"}, {"SUMPRODUCT((A:A>3)*1)", "2"}, {`SUMPRODUCT((Y:Y="")*1)`, "1048576"}, {`SUMPRODUCT((LEFT(C1:C5,1)="县")*A1:A5)`, "4"}, {"SUMPRODUCT((A1:A2=1)*(A1:B1))", "11"}, {"SUMPRODUCT((A1:A3)*(A1:A2))", "#N/A"}, {"SUMPRODUCT(B1:B5)", "30"},
		{"SUBTOTAL(9,A1:A5)", "15"}, {"SUBTOTAL(9,A1:A2,N1)", "3"}, {"SUBTOTAL(1,A1:A5)", "3"}, {"SUBTOTAL(109,A1:A5)", "unsupported SUBTOTAL 109"},
		// Conditions.
		{`SUMIF(A1:A5,">2")`, "12"}, {`SUMIF(C1:C5,"县*",A1:A5)`, "4"}, {`SUMIF(C1:C5,"县*",A1)`, "4"}, {`SUMIF(C1:C5,"县??",A1:A5)`, "4"}, {`SUMIF(C1:C5,"a~*c",A1:A5)`, "5"}, {`SUMIF(C1:C5,"a*c",A1:A5)`, "9"}, {`SUMIF(A1:A5,3,M1:M5)`, "30"}, {`SUMIF(A1:A5,"<>3")`, "12"}, {`SUMIF(A1:A5,"="&2)`, "2"}, {`SUMIF(C:C,"教育局",A:A)`, "2"}, {`SUMIF(A1:A5,">2",E1:E5)`, "45676.75"}, {`SUMIF(A1:A5,"<2",E1:E5)`, "#N/A"},
		{`SUMIFS(A1:A5,C1:C5,"县*",A1:A5,">1")`, "3"}, {`SUMIFS(A1:A5,C1:C4,"县*")`, "#VALUE!"}, {`SUMIFS(A1:A5,C1:C5)`, "unsupported SUMIFS"},
		{`COUNTIF(A1:A5,">=4")`, "2"}, {`COUNTIF(B1:B5,7)`, "1"}, {`COUNTIF(B1:B5,"7")`, "1"}, {`COUNTIF(B1:B5,TRUE)`, "1"}, {`COUNTIF(Z1:Z9,"")`, "9"}, {`COUNTIF(Z1:Z9,"<>")`, "0"}, {`COUNTIF(H1:H3,"")`, "unsupported FOO"}, {`COUNTIF(E1:E4,"#N/A")`, "1"}, {`COUNTIF(Y:Y,"")`, "1048576"}, {`COUNTIF(A:A,"<>1")`, "1048575"}, {`COUNTIF(A1:A5,"")`, "0"}, {`COUNTIFS(A1:A5,">1",C1:C5,"县*")`, "1"}, {`SUM(COUNTIF(A1:A5,{1,2,9}))`, "2"}, {`COUNTIF(A1:A5,"县")`, "0"}, {`COUNTIF(C1:C5,"abc")`, "1"},
		// Logic.
		{"IF(1,2,3)", "2"}, {"IF(0,2,3)", "3"}, {"IF(FALSE,2)", "FALSE"}, {"IF(TRUE,,3)", "0"}, {`IF("x",1,2)`, "#VALUE!"}, {`IF("true",1,2)`, "1"}, {"IF(E1,1,2)", "#N/A"}, {"IF(TRUE,1,FOO())", "1"}, {"IF(FALSE,1/0,7)", "7"}, {"IF(TRUE,A1:A2)", "#VALUE!"}, {"SUM(IF(TRUE,A1:A2,B1))", "3"},
		{"IFS(FALSE,1,TRUE,2)", "2"}, {"IFS(FALSE,1)", "#N/A"}, {"IFERROR(1/0,9)", "9"}, {"IFERROR(5,FOO())", "5"}, {"IFERROR(H1,1)", "1"}, {"IFERROR(H2,1)", "unsupported FOO"}, {"IFERROR(VALUE(\"x\"),0)", "0"},
		{"AND(TRUE,1)", "TRUE"}, {"AND(A1:A5,0)", "FALSE"}, {"OR(FALSE,0)", "FALSE"}, {"OR(A1>5,A2=2)", "TRUE"}, {"AND(C1:C2)", "#VALUE!"}, {"NOT(0)", "TRUE"}, {"TRUE()", "TRUE"}, {"ISBLANK(Z1)", "TRUE"}, {"ISBLANK(H3)", "FALSE"}, {"ISNUMBER(A1)", "TRUE"}, {"ISERROR(H1)", "TRUE"}, {"ISTEXT(C1)", "TRUE"},
		// Numbers.
		{"ROUND(2.5,0)", "3"}, {"ROUND(-2.5,0)", "-3"}, {"ROUND(1.005,2)", "1.01"}, {"ROUND(1234,-2)", "1200"}, {"ROUNDUP(1.01,1)", "1.1"}, {"ROUNDUP(-1.01,1)", "-1.1"}, {"ROUNDDOWN(-1.09,1)", "-1"}, {"ROUNDDOWN(199,-2)", "100"}, {"ROUNDUP(101,-2)", "200"}, {"INT(-1.5)", "-2"}, {"INT(1/3*3)", "1"}, {"INT(D4*3)", "1"}, {"ABS(-3)", "3"}, {"MOD(7,3)", "1"}, {"MOD(-7,3)", "2"}, {"MOD(7,-3)", "-2"}, {"MOD(1,0)", "#DIV/0!"}, {"MOD(6,-3)", "0"}, {"ROUND(1,1E9)", "#NUM!"},
		{"N(TRUE)", "1"}, {`N("x")`, "0"}, {"N(A2:A3)", "2"}, {"N(E1)", "#N/A"}, {`VALUE("1,234.5")`, "1234.5"}, {`VALUE("5件")`, "#VALUE!"}, {`VALUE(" 5 ")`, "5"},
		// Texts.
		{`LEFT("政府信息")`, `"政"`}, {`LEFT("政府信息",2)`, `"政府"`}, {`RIGHT("政府信息",2)`, `"信息"`}, {`RIGHT("政府",9)`, `"政府"`}, {`MID("政府信息",2,2)`, `"府信"`}, {`MID("a",5,2)`, `""`}, {`MID("a",0,2)`, "#VALUE!"}, {`LEN("政府ab")`, "4"}, {"LEN(A1)", "1"}, {`TRIM("  a  b ")`, `"a b"`}, {`SUBSTITUTE("a-b-c","-","")`, `"abc"`}, {`SUBSTITUTE("a-b-c","-","+",2)`, `"a-b+c"`}, {`SUBSTITUTE("aaa","a","b",9)`, `"aaa"`}, {`LEFT("a",-1)`, "#VALUE!"}, {`LEFT("ab",2147483647)`, `"ab"`}, {`LEFT("ab",2147483648)`, "#VALUE!"},
		{`CONCATENATE("共",A5,"件")`, `"共5件"`}, {`CONCAT(A1:A3,"x")`, `"123x"`}, {`_xlfn.CONCAT(A1:A2)`, `"12"`}, {`"全年收到"&5&"件。"`, `"全年收到5件。"`}, {`1/3&""`, `"0.333333333333333"`}, {`TRUE&""`, `"TRUE"`}, {`Z1&"x"`, `"x"`}, {`SUBSTITUTE(SUBSTITUTE("aaaaaaaaaa","a","aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),"a","aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")`, "#VALUE!"},
		// Formats.
		{`TEXT(1234.5,"#,##0.00")`, `"1,234.50"`}, {`TEXT(-1234.5,"#,##0")`, `"-1,235"`}, {`TEXT(0.256,"0.0%")`, `"25.6%"`}, {`TEXT(5,"000")`, `"005"`}, {`TEXT(1234567,"000-0000")`, `"123-4567"`}, {`TEXT(5,"0.##")`, `"5."`}, {`TEXT(0,"0;-0;无")`, `"无"`}, {`TEXT(-0.001,"0")`, `"0"`}, {`TEXT(1234567,"0.0,,")`, `"1.2"`}, {`TEXT(5,"共0件")`, `"共5件"`}, {`TEXT("abc","@件")`, `"abc件"`}, {`TEXT("5","0.0")`, `"5.0"`}, {`TEXT("abc","0")`, `"abc"`}, {`TEXT(TRUE,"0")`, `"TRUE"`}, {`TEXT(5,"")`, `""`}, {`TEXT(0.5,".00")`, `".50"`}, {`TEXT(1000,"0,000")`, `"1,000"`}, {`TEXT(5,"0,000")`, `"0,005"`},
		{`TEXT(E2,"yyyy""年""m""月""d""日""")`, `"2025年1月21日"`}, {`TEXT(E3,"yyyy-mm-dd hh:mm")`, `"2025-01-21 18:00"`}, {`TEXT(E3,"mm:ss")`, `"00:00"`}, {`TEXT(E2,"aaaa")`, `"星期二"`}, {`TEXT(-1,"yyyy")`, "#VALUE!"}, {`TEXT(E2,"mmm")`, "unsupported TEXT mmm"}, {`TEXT(1,"0E+0")`, "unsupported TEXT 0E+0"}, {`TEXT(1,"[>5]0")`, "unsupported TEXT [>5]0"}, {`TEXT(1,"""open")`, `unsupported TEXT "open`},
		{`TEXT(105,"[DBNum1]General")`, `"一百〇五"`}, {`TEXT(100200,"[DBNum2]")`, `"壹拾万零贰佰"`}, {`TEXT(105,"[DBNum1]0")`, `"一〇五"`}, {`TEXT(12.5,"[DBNum2]General")`, `"壹拾贰.伍"`}, {`TEXT(E2,"[DBNum1][$-804]yyyy年m月d日")`, `"二〇二五年一月二十一日"`}, {`TEXT(100000001,"[DBNum1]General")`, `"一亿〇一"`},
		// Dates.
		{"DATE(2025,1,20)", "45677"}, {"DATE(2024,14,1)", "45689"}, {"DATE(2024,3,0)", "45351"}, {"DATE(124,1,1)", "45292"}, {"DATE(1900,1,1)", "1"}, {"DATE(1900,3,1)", "61"}, {"DATE(10000,1,1)", "#NUM!"}, {"YEAR(E2)", "2025"}, {"MONTH(E2)", "1"}, {"DAY(E2)", "21"}, {"DAY(60)", "29"}, {"YEAR(0)", "1900"}, {"YEAR(-1)", "#NUM!"}, {`YEAR("2024年12月31日")`, "2024"}, {`MONTH("2024/12/31")`, "12"}, {"TODAY()", "unsupported TODAY"}, {"NOW()", "unsupported NOW"}, {"RAND()", "unsupported RAND"}, {"YEAR(TODAY())", "unsupported TODAY"},
		// Looking up.
		{`VLOOKUP("教育局",K1:L3,2,FALSE)`, "8"}, {`VLOOKUP("教*",K1:L3,2,0)`, "8"}, {`VLOOKUP("无",K1:L3,2,FALSE)`, "#N/A"}, {"VLOOKUP(2.5,A1:B5,1)", "2"}, {"VLOOKUP(0,A1:B5,1)", "#N/A"}, {"VLOOKUP(1,A1:B5,3,0)", "#REF!"}, {"VLOOKUP(1,A1:B5,0,0)", "#VALUE!"}, {"VLOOKUP(2,A:B,2,0)", "20"}, {`VLOOKUP(8,IF({1,0},L1:L3,K1:K3),2,0)`, `"教育局"`}, {"VLOOKUP(2,{1,10;2,20},2,0)", "20"},
		{`MATCH("卫健局",K1:K3,0)`, "3"}, {"MATCH(3,A1:A5,0)", "3"}, {"MATCH(3.5,A1:A5)", "3"}, {"MATCH(9,A1:A5,0)", "#N/A"}, {"MATCH(2,{3,2,1},-1)", "2"}, {"MATCH(10,A1:M1,0)", "2"}, {"MATCH(1,A1:B2,0)", "#N/A"},
		{"INDEX(A1:B5,2,2)", "20"}, {"INDEX(A1:A5,3)", "3"}, {"INDEX(A1:C1,2)", "10"}, {"SUM(INDEX(A1:B5,0,1))", "15"}, {"INDEX(A1:A5,6)", "#REF!"}, {`INDEX(L1:L3,MATCH("教育局",K1:K3,0))`, "8"}, {"INDEX({1,2;3,4},2,1)", "3"}, {"SUM(INDEX({1,2;3,4},2,0))", "7"},
		// What is no formula, or not computed.
		{"FOO(1)", "unsupported FOO"}, {"SUM(", "unsupported =SUM("}, {"1+", "unsupported =1+"}, {")", "unsupported =)"}, {"", "unsupported ="}, {"A1 B1 +", "unsupported =A1 B1 +"}, {`"open`, "unsupported =\"open"}, {"{1,2;3}", "unsupported ={1,2;3}"}, {"{A1}", "unsupported ={A1}"}, {"ROUND(1)", "unsupported ROUND"}, {"A1:INDEX(A1:A5,3)", "unsupported A1:INDEX"}, {"OFFSET(A1,1,1)", "unsupported OFFSET"}, {"INDIRECT(\"A1\")", "unsupported INDIRECT"}, {"#SPILL", "unsupported =#SPILL"},
		{strings.Repeat("(", 90) + "1" + strings.Repeat(")", 90), "1"}, {strings.Repeat("(", 150) + "1" + strings.Repeat(")", 150), "unsupported =" + strings.Repeat("(", 150) + "1" + strings.Repeat(")", 150)},
		{"1" + strings.Repeat("+1", 3000), "3001"},
	} {
		sheets := map[string]map[string]string{}
		for s, cells := range figures {
			sheets[s] = cells
		}
		first := map[string]string{"X50": "=" + c.formula}
		for a, v := range figures["A"] {
			first[a] = v
		}
		sheets["A"] = first
		if got := evaluate(t, bookOf(sheets, names...), "X50"); got != c.want {
			t.Errorf("=%.80s: %s, want %s", c.formula, got, c.want)
		}
	}
}
