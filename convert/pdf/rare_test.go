package pdf

import (
	"strings"
	"testing"

	"nianbao/convert/document"
	"nianbao/convert/pdf/font"
	"nianbao/convert/report"
	"nianbao/templates"
)

// A character that no face of a role has comes from the first of the others that has
// it, which are loaded only then. Scripts that need shaping come from none.
func TestRareCharacters(t *testing.T) {
	kai, err := font.Parse(templates.KaiRegular, 0)
	if err != nil {
		t.Fatal(err)
	}
	serif := embedded()[roleBody]
	loaded := 0
	c := &chains{rare: []func() *font.Face{
		func() *font.Face { loaded++; return nil },
		func() *font.Face { loaded++; return serif },
	}}
	c.of[roleBody] = []*font.Face{kai}
	if f, _, ok := c.find(roleBody, '年'); !ok || f != kai || loaded > 0 {
		t.Errorf("年 comes from another face, %d are loaded", loaded)
	}
	rare := '一'
	for kai.Glyph(rare) != 0 || serif.Glyph(rare) == 0 {
		rare++
	}
	if f, g, ok := c.find(roleBody, rare); !ok || f != serif || g != serif.Glyph(rare) || loaded != 2 {
		t.Errorf("%c comes from another face", rare)
	}
	if _, _, ok := c.find(roleBody, 'ཀ'); ok {
		t.Error("Tibetan is guessed at")
	}
	if _, _, ok := c.find(roleBody, 'ب'); ok {
		t.Error("Arabic is guessed at")
	}
}

// Super- and subscript digits are ordinary ones, smaller, and copied as what they are. A
// character without a glyph is drawn as 〓 and copied as itself.
func TestScriptsAndMissingCharacters(t *testing.T) {
	r := blank(t, "2021")
	r.Organization, r.Year = "某县", 2024
	r.Preamble = texts("排放CO₂共10⁶吨，12³米，联系人👍。")
	p := pagesOf(t, r, Options{})[0]
	w := p.find(t, "排放CO")
	if w.text != "排放CO₂共10⁶吨，12³米，联系人👍。" {
		t.Errorf("it is copied as %q", w.text)
	}
	notes, err := Missing(r, Options{NoSystemFaces: true})
	if err != nil || len(notes) != 1 || notes[0].Text != "👍" {
		t.Errorf("missing are %v, %v", notes, err)
	}
	s := embeddedShaper()
	two := s.shape(report.Cell{}, span{roleBody, "2₂²"})
	if two[1].glyph != two[0].glyph || two[2].glyph != two[0].glyph || two[1].width*10 != two[0].width*6-two[0].width*6%10 ||
		two[1].variant.Rise >= 0 || two[2].variant.Rise <= 0 || two[2].variant.Scale != 600 {
		t.Errorf("drawn as %+v", two)
	}
}

// A label parts only where its form says, in every column that it stands in.
func TestLabelsKeepTheirWords(t *testing.T) {
	s := embeddedShaper()
	for _, id := range []string{"2021", "2019"} {
		r := blank(t, id)
		for _, value := range []int64{0, 123456} {
			eachFigure(r, func(_, _ string, f *report.Figure) { f.Value = report.Int(value) })
			r.Organization, r.Year = "某县", 2020
			f := formOf(t, id)
			parted := 0
			for _, it := range s.items(document.InForm(f, r, document.Options{})) {
				if it.table == nil {
					continue
				}
				for _, c := range it.table.cells {
					parts := f.Parts(c.Text)
					if parts == nil || len(c.lines) < 2 {
						continue
					}
					parted++
					got := ""
					ends := map[int]bool{}
					for _, l := range c.lines[:len(c.lines)-1] {
						got += l.String()
						ends[len(got)] = true
					}
					at := 0
					for _, p := range parts {
						at += len(p)
						delete(ends, at)
					}
					if len(ends) > 0 {
						t.Errorf("%s: %s is set in lines %v", id, c.Text, c.lines)
					}
				}
			}
			if parted < 8 {
				t.Errorf("%s: only %d labels take several lines", id, parted)
			}
		}
	}
}

// The table of section two parts between its blocks where more than six lines would
// stay empty, and goes on below 续表. A near miss: where six would, it does not.
func TestTableOfSectionTwoParts(t *testing.T) {
	for _, c := range []struct {
		lines int // of text above
		parts bool
	}{{8, false}, {9, true}, {12, true}, {13, false}} {
		r := blank(t, "2021")
		r.Title, r.Organization, r.Year = "某县2024年政府信息公开工作年度报告", "某县", 2024
		eachFigure(r, func(_, _ string, f *report.Figure) { f.Value = report.Int(7) })
		for range c.lines {
			r.Preamble = append(r.Preamble, texts("一行文字。")...)
		}
		pages := pagesOf(t, r, Options{})
		has := func(p sheetOfPaper, text string) bool {
			for _, w := range p.words {
				if strings.HasPrefix(w.text, text) {
					return true
				}
			}
			return false
		}
		heading := has(pages[0], "二、")
		parted := len(pages) > 1 && has(pages[1], "续表")
		if parted != c.parts || parted != (heading && !has(pages[0], "行政事业性收费")) {
			t.Errorf("%d lines above: parted %v, heading on the first page %v", c.lines, parted, heading)
		}
		if !parted {
			continue
		}
		w := pages[1].find(t, "续表")
		if !near(w.right, 28+156) || w.y < 37 || w.y > 37+5 || w.size != 10.5 {
			t.Errorf("续表 ends at %.2f mm, at %.2f", w.right, w.y)
		}
		for _, w := range pages[1].words[1:] {
			if w.text != "续表" {
				if !strings.HasPrefix(w.text, "第二十条") {
					t.Errorf("%d lines above: the table goes on with %s", c.lines, w.text)
				}
				break
			}
		}
	}
}

func TestAmountsKeepTheirUnit(t *testing.T) {
	r := blank(t, "2019")
	r.Organization, r.Year = "某县", 2020
	f := r.Figure("disclosure", "procurement", "amount")
	f.Value = report.Int(251000)
	r.Notes = []report.Note{
		{Kind: report.TextNumber, Path: report.Path{Table: "disclosure", Row: "procurement", Column: "amount"}, Text: "251000元", Read: "251000"},
		{Kind: report.TextNumber, Path: report.Path{Table: "disclosure", Row: "licences", Column: "decisions"}, Text: "3件", Read: "3"},
	}
	r.Figure("disclosure", "licences", "decisions").Value = report.Int(3)
	var text []string
	for _, p := range pagesOf(t, r, Options{}) {
		for _, w := range p.words {
			text = append(text, w.text)
		}
	}
	all := strings.Join(text, "|") + "|"
	if !strings.Contains(all, "|251000元|") || strings.Contains(all, "3件") {
		t.Errorf("printed is %s", all)
	}
}
