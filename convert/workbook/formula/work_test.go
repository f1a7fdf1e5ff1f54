package formula

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// columnBook is a book of one sheet with a column of formulas that are made when they are
// read.
func columnBook(rows int, formulaAt func(row int) string) Book {
	cell := func(r Ref) Cell {
		if r.Sheet != 0 || r.Column != 1 || r.Row > rows {
			return Cell{}
		}
		return cellOf(r, formulaAt(r.Row))
	}
	return Book{
		Sheets: []string{"Hidden"}, Recalculate: true, Cell: cell,
		Used: func(int) (int, int) { return rows, 1 },
		Scan: func(a Area, visit func(Ref, Cell) bool) int {
			n := 0
			for r := a.Row; r <= min(a.LastRow, rows) && a.Column == 1; r++ {
				n++
				if !visit(Ref{0, r, 1}, cell(Ref{0, r, 1})) {
					break
				}
			}
			return n
		},
	}
}

func TestLongChain(t *testing.T) {
	const rows = 60_000
	b := columnBook(rows, func(row int) string {
		if row == rows {
			return "=1+1"
		}
		return fmt.Sprintf("=hidden!A%d+1", row+1)
	})
	start := time.Now()
	if got := evaluate(t, b, "A1"); got != "60001" {
		t.Errorf("a chain of %d formulas: %s", rows, got)
	}
	t.Log(time.Since(start))
}

// A formula waits once for all that it needs, so that a sum over formulas is no square.
func TestSumOfFormulas(t *testing.T) {
	const rows = 50_000
	b := columnBook(rows, func(row int) string {
		if row == 1 {
			return "=SUM(A2:A50000)+A2+A3+A4"
		}
		return "=1"
	})
	e := New(b)
	r, err := e.Evaluate(context.Background(), Ref{0, 1, 1})
	if err != nil || resultText(r) != "50002" {
		t.Errorf("%s, %v", resultText(r), err)
	}
	if e.steps > 20*rows {
		t.Errorf("%d steps for %d formulas", e.steps, rows)
	}
}

func TestCircles(t *testing.T) {
	b := bookOf(map[string]map[string]string{"A": {
		"A1": "=B1+1", "B1": "=C1+D1", "C1": "=A1", "D1": "5", // A1, B1, C1
		"A2": "=A1+1", "A3": "=SUM(A1:A3)", "A4": "=IF(TRUE,1,A4)", "A5": "=IF(FALSE,1,A5)", "A6": "=IFERROR(A6,1)",
		"A7": "=D1+D1+D7", "D7": "=D1", // twice the same is no circle
		"F1": "=G1", "G1": "=IF(D1=5,1,F1)",
	}})
	for at, want := range map[string]string{
		"A1": "circular", "B1": "circular", "C1": "circular", "A2": "circular", "A3": "circular", "A4": "1", "A5": "circular", "A6": "circular", "A7": "15", "F1": "1", "G1": "1",
	} {
		if got := evaluate(t, b, at); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
	// The answer does not depend on what was asked first.
	e := New(b)
	for _, at := range []Ref{{0, 2, 1}, {0, 1, 3}, {0, 1, 2}, {0, 1, 1}} {
		if r, _ := e.Evaluate(context.Background(), at); r.State != Circular {
			t.Errorf("%v: %s", at, resultText(r))
		}
	}
}

func TestStoredResults(t *testing.T) {
	stored := func(formula string, v Value) Cell { return Cell{Value: v, Formula: &Formula{Text: formula, Row: 1}} }
	cells := map[Ref]Cell{
		{0, 1, 1}: stored("1+1", integer(7)),
		{0, 1, 2}: stored("A1*10", Value{}),
		{0, 1, 3}: stored("COMBIN(1E15,5E14)", integer(9)),
		{0, 1, 4}: stored("C1+1", Value{}),
		{0, 1, 5}: stored("E1+1", integer(3)),
		{0, 1, 6}: stored("E1+1", Value{}),
		{0, 1, 7}: stored(`""`, text("")),
		{0, 1, 8}: stored("G1&\"x\"", Value{}),
	}
	for at, c := range cells {
		c.Formula.Column = at.Column
	}
	b := Book{Sheets: []string{"S"}, Cell: func(r Ref) Cell { return cells[r] }, Used: func(int) (int, int) { return 1, 8 }}
	for _, c := range []struct {
		recalculate bool
		column      int
		want        string
	}{
		{false, 1, "2"}, {true, 1, "2"}, // asked for, a formula is computed
		{false, 2, "70"}, {true, 2, "20"},
		{false, 3, "unsupported COMBIN"}, {true, 3, "unsupported COMBIN"},
		{false, 4, "10"}, {true, 4, "10"}, // what is not computed counts as stored
		{false, 5, "4"}, {true, 5, "circular"},
		{false, 6, "4"}, {true, 6, "circular"},
		{false, 8, `"x"`}, {true, 8, `"x"`},
	} {
		b.Recalculate = c.recalculate
		r, err := New(b).Evaluate(context.Background(), Ref{0, 1, c.column})
		if got := resultText(r); err != nil || got != c.want {
			t.Errorf("column %d, recalculate %v: %s, %v, want %s", c.column, c.recalculate, got, err, c.want)
		}
	}
}

func TestSharedAndArrayFormulas(t *testing.T) {
	shared := &Formula{Text: "A1*$B$1+A$1", Row: 1, Column: 3}
	down := &Formula{Text: "A1:A3*2", Row: 1, Column: 5, Array: Area{0, 1, 5, 4, 5}}
	one := &Formula{Text: "SUM(IF(A1:A3>1,A1:A3,0))", Row: 1, Column: 6, Array: Area{0, 1, 6, 1, 6}}
	up := &Formula{Text: "A1", Row: 2, Column: 7}
	cells := map[Ref]Cell{
		{0, 1, 1}: {Value: integer(1)}, {0, 2, 1}: {Value: integer(2)}, {0, 3, 1}: {Value: integer(3)}, {0, 1, 2}: {Value: integer(10)},
		{0, 1, 3}: {Formula: shared}, {0, 2, 3}: {Formula: shared}, {0, 3, 3}: {Formula: shared},
		{0, 1, 5}: {Formula: down}, {0, 2, 5}: {Formula: down}, {0, 3, 5}: {Formula: down}, {0, 4, 5}: {Formula: down},
		{0, 1, 6}: {Formula: one}, {0, 2, 7}: {Formula: up}, {0, 1, 7}: {Formula: up},
		{0, 9, 9}: {Formula: &Formula{Text: "E2+E3", Row: 9, Column: 9}},
	}
	b := Book{
		Sheets: []string{"S"}, Recalculate: true, Cell: func(r Ref) Cell { return cells[r] }, Used: func(int) (int, int) { return 3, 7 },
		Scan: func(a Area, visit func(Ref, Cell) bool) int {
			for r := a.Row; r <= a.LastRow; r++ {
				visit(Ref{0, r, a.Column}, cells[Ref{0, r, a.Column}])
			}
			return 0
		},
	}
	e := New(b)
	for _, c := range []struct {
		row, column int
		want        string
	}{
		{1, 3, "11"}, {2, 3, "21"}, {3, 3, "31"},
		{2, 5, "4"}, {1, 5, "2"}, {3, 5, "6"}, {4, 5, "#N/A"},
		{1, 6, "5"}, {9, 9, "10"},
		{2, 7, "1"}, {1, 7, "#REF!"}, // above the first row
	} {
		r, err := e.Evaluate(context.Background(), Ref{0, c.row, c.column})
		if got := resultText(r); err != nil || got != c.want {
			t.Errorf("row %d column %d: %s, %v, want %s", c.row, c.column, got, err, c.want)
		}
	}
}

func TestDatesFrom1904(t *testing.T) {
	b := bookOf(map[string]map[string]string{"A": {"A1": "=YEAR(0)", "A2": "=DATE(1904,1,2)", "A3": `=TEXT(0,"yyyy-mm-dd")`, "A4": `="1904-1-2"+0`}})
	b.From1904 = true
	for at, want := range map[string]string{"A1": "1904", "A2": "1", "A3": `"1904-01-01"`, "A4": "1"} {
		if got := evaluate(t, b, at); got != want {
			t.Errorf("%s: %s, want %s", at, got, want)
		}
	}
}

// hungry are formulas that would take more than a workbook may.
var hungry = []string{
	"=SUMPRODUCT((A1:XFD1048576=1)*(B1:XFD1048576=2))", "=SUM(" + strings.Repeat("A1:A1000000,", 600) + "1)", "=SUMPRODUCT(A1:A1000000*TRANSPOSE(A1:A1000000))",
	"=SUMPRODUCT((A1:A1000000=A1:XFD1)*1)", "=SUM(ROW(1:1048576))", "=COUNTIF(A:A,A:A)", "=SUMPRODUCT(COUNTIF(A1:A100000,A1:A100000))",
	`=COUNTIF(A1:A1000000,"*` + strings.Repeat("?*", 200) + `b")`, "=" + strings.Repeat("9^9^9^", 100) + "9", "=SUM(MUNIT(3000))",
	"=" + strings.Repeat("-", 8000) + "1", "=" + strings.Repeat("IF(1,", 200) + strings.Repeat(")", 200), "=1" + strings.Repeat("&1", 8000), "=1" + strings.Repeat("%", 9000),
	`=SUBSTITUTE("` + strings.Repeat("a", 30000) + `","a","` + strings.Repeat("b", 100) + `")`, "=1E308*10^308", "=MOD(1E308,1E-308)", "=1E308+1E-308", "=ROUND(1E-308,308)", "=TEXT(1E308,\"0.00\")",
}

func TestBudget(t *testing.T) {
	for _, f := range hungry {
		b := columnBook(1_000_000, func(row int) string { return "1" })
		cell := b.Cell
		b.Cell = func(r Ref) Cell {
			if r == (Ref{0, 1, 3}) {
				return cellOf(r, f)
			}
			return cell(r)
		}
		e := New(b)
		e.mostSteps /= 20
		r, err := e.Evaluate(context.Background(), Ref{0, 1, 3})
		t.Logf("%.60s: %.40s after %d steps", f, resultText(r), e.steps)
		if err != nil || e.steps > 2*e.mostSteps { // a step may count for several
			t.Errorf("%.60s: %d steps of %d, %v", f, e.steps, e.mostSteps, err)
		}
		if used := e.bytes + e.passing; used > 2*e.mostBytes && r.State != OverBudget {
			t.Errorf("%.60s: %d bytes held", f, used)
		}
	}
}

// Once a workbook has used up its budget, nothing of it is computed any more.
func TestBudgetIsTheWorkbooks(t *testing.T) {
	b := columnBook(1000, func(row int) string { return "=SUM(B1:B9)+1" })
	e := New(b)
	e.mostSteps = 3500
	over := 0
	for row := range 200 {
		if r, _ := e.Evaluate(context.Background(), Ref{0, row + 1, 1}); r.State == OverBudget {
			over++
		}
	}
	if over < 50 || over > 150 {
		t.Errorf("%d of 200 formulas are over budget", over)
	}
	e = New(columnBook(100_000, func(row int) string { return fmt.Sprintf("=A%d", row+1) }))
	e.mostBytes = 1 << 20
	if r, _ := e.Evaluate(context.Background(), Ref{0, 1, 1}); r.State != OverBudget {
		t.Errorf("a chain beyond the bytes: %s", resultText(r))
	}
}

// References over many sheets are held, one area a sheet, until the formula is done.
func TestManySheets(t *testing.T) {
	b := Book{Recalculate: true, Used: func(int) (int, int) { return 1, 1 }, Scan: func(Area, func(Ref, Cell) bool) int { return 0 }}
	for i := range 10_000 {
		b.Sheets = append(b.Sheets, fmt.Sprint("S", i))
	}
	f := "=SUM(S0:S9999!A1" + strings.Repeat(",S0:S9999!A1", 1000) + ")"
	b.Cell = func(r Ref) Cell { return cellOf(r, f) }
	if got := evaluate(t, b, "C1"); got != "over budget" {
		t.Errorf("a thousand references over ten thousand sheets: %s", got)
	}
	f = "=SUM(S0:S9999!A1,S0:S9999!A1)"
	if got := evaluate(t, b, "C1"); got != "0" {
		t.Errorf("two of them: %s", got)
	}
}

// A text may be longer than a cell's, and cutting a character off it costs all of it.
func TestLongText(t *testing.T) {
	long := strings.Repeat("县", 1<<20)
	for _, f := range []string{"=LEFT(A1)", "=RIGHT(A1)", "=MID(A1,5,1)", "=LEN(A1)", "=TRIM(A1)", "=TRIM(A2)", `=SUBSTITUTE(A1,"x","y")`} {
		b := bookOf(map[string]map[string]string{"A": {"B1": f}})
		cell := b.Cell
		b.Cell = func(r Ref) Cell {
			if r == (Ref{0, 1, 1}) {
				return Cell{Value: text(long)}
			}
			if r == (Ref{0, 2, 1}) {
				return Cell{Value: text(strings.Repeat(" ", len(long)))}
			}
			return cell(r)
		}
		e := New(b)
		if _, err := e.Evaluate(context.Background(), Ref{0, 1, 2}); err != nil || e.steps < len(long)/64 {
			t.Errorf("%s: %d steps for %d bytes, %v", f, e.steps, len(long), err)
		}
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	b := columnBook(1_000_000, func(row int) string {
		if row == 500_000 {
			cancel()
		}
		return "1"
	})
	cell := b.Cell
	b.Cell = func(r Ref) Cell {
		if r.Column == 3 {
			return cellOf(r, "=SUM(A:A)")
		}
		return cell(r)
	}
	e := New(b)
	if _, err := e.Evaluate(ctx, Ref{0, 1, 3}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if e.steps > 600_000 {
		t.Errorf("went on for %d steps", e.steps)
	}
}

func FuzzEvaluate(f *testing.F) {
	for _, s := range []string{"SUM(A1:A5)*2", `IF(A1>1,"a"&B3,TEXT(E2,"yyyy""年""m""月"""))`, "SUMPRODUCT((A:A>3)*{1,2})", "'表 二'!A1%^-2", "VLOOKUP(1,IF({1,0},A1:A3,B1:B3),2,0)", "#REF!A1", "三层+本表", `COUNTIFS(C:C,"县*",A:A,">=1")`, `SUBSTITUTE("aa","a","b",2)`, "INDEX((A1,B1),1) A:A", "DATE(2024,2,30)", `TEXT(1234.5,"#,##0.0#;-0;[DBNum2]0")`, "1E+9--1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, formula string) {
		sheets := map[string]map[string]string{"A": {"X50": "=" + formula}}
		for s, cells := range figures {
			if s != "A" {
				sheets[s] = cells
				continue
			}
			for a, v := range cells {
				sheets["A"][a] = v
			}
		}
		e := New(bookOf(sheets, names...))
		e.mostSteps, e.mostBytes = 200_000, 8<<20
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		r, err := e.Evaluate(ctx, Ref{0, 50, 24})
		if err != nil {
			t.Fatalf("%q: %v", formula, err)
		}
		if r.State == Computed && (r.Value.Kind == Blank || isUnknown(r.Value)) {
			t.Errorf("%q gives nothing", formula)
		}
	})
}

func BenchmarkEvaluate(b *testing.B) {
	for _, c := range []struct{ name, formula string }{
		{"row total", "SUM(A1:G1)"}, {"identity", "A1+A2-A3-A4"}, {"sum product", "SUMPRODUCT((A1:A5>2)*A1:A5)"}, {"text", `"共收到"&A1&"件，其中"&TEXT(A2/A5,"0.0%")`},
	} {
		b.Run(c.name, func(b *testing.B) {
			sheets := map[string]map[string]string{"A": {"X50": "=" + c.formula}}
			for a, v := range figures["A"] {
				sheets["A"][a] = v
			}
			book := bookOf(sheets)
			b.ReportAllocs()
			for b.Loop() {
				if r, err := New(book).Evaluate(context.Background(), Ref{0, 50, 24}); err != nil || r.State != Computed {
					b.Fatal(r, err)
				}
			}
		})
	}
}
