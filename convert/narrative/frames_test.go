package narrative

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"go.yaml.in/yaml/v3"

	"nianbao/convert/form"
	"nianbao/convert/prose"
)

// TestFrames reads the passages that each frame must and must not take.
func TestFrames(t *testing.T) {
	src, err := os.ReadFile("../../testdata/narrative/frames.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Frame         string
		Takes, Leaves []string
	}
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(&list); err != nil {
		t.Fatal(err)
	}
	g := mustGrammar(t)
	taken := map[string]bool{}
	trace = func(_ *chart, m match) { taken[m.frame.id] = true }
	defer func() { trace = nil }()
	var ids []string
	for _, f := range list {
		ids = append(ids, f.Frame)
		if len(f.Takes) == 0 || len(f.Leaves) == 0 {
			t.Errorf("%s: want passages that it takes, and some that it leaves", f.Frame)
		}
		for i, text := range append(slices.Clone(f.Takes), f.Leaves...) {
			clear(taken)
			g.Read(prose.Normalized(text), 2024, "安平县人民政府")
			if want := i < len(f.Takes); taken[f.Frame] != want {
				t.Errorf("%s: takes %q: %v, want %v", f.Frame, text, taken[f.Frame], want)
			}
		}
	}
	for _, f := range g.frames {
		if !slices.Contains(ids, f.id) {
			t.Errorf("no passages for frame %s", f.id)
		}
	}
	if len(ids) != len(g.frames) {
		t.Errorf("passages for %d frames, there are %d", len(ids), len(g.frames))
	}
}

// Words belong into the grammar. In Go stand numerals, units, marks, what a claim is
// called, and a few names of kinds of bodies.
func TestNoWordsInGo(t *testing.T) {
	allowed := strings.Fields(`零一二三四五六七八九 〇两十百千 件份封宗起例条个部项次 度底末 日号 年 月 底末 份 名位人家户 余多几来万亿千百-~—至 余多几来万亿千百年月日号时 至到-—~ 约近超逾 超过 不足 达到近 至少
		不少于 不超过 不低于 以上 左右 以内 以下 次 余 门 目 申请 行诉案判原维 第每同另这那某任何 第-~— 图表 收到 新收 新收＋上年结转 上年结转 办结 办理 结转下年度 结转 合计
		线上 线下 县 员会 省市州县区旗镇乡 政府 管委会 管理委员会 分局 政府办公室 办公室 公室 政府本级 本级 乡镇 区管理办公室 至止到 属于 条 项 个 部 一 十百千 零 条个部项`)
	files, _ := filepath.Glob("*.go")
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text := strings.Trim(lit.Value, "\"`")
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !slices.Contains(allowed, text) {
				t.Errorf("%s: %s belongs into templates/narrative.yaml", file, lit.Value)
			}
			return true
		})
	}
}

// A grammar with a mistake is refused, and says where it is.
func TestLoadRefuses(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	src := string(source())
	for _, c := range []struct{ old, new, want string }{
		{"keeps: [topic]", "kept: [topic]", "kept"},
		{"says: sum", "says: sums", `"sums"`},
		{"lead each N what?", "lead each N whatever?", `"whatever"`},
		{"lead each N what?", "lead (each N what?", "not closed"},
		{"lead each N what?", "lead each ~x N", "gap"},
		{"lead each N what?", "lead each ~8!lead N", `"lead"`},
		{"- id: sum\n", "- id: bare\n", "two frames"},
		{"retracts: [handled]", "retracts: [finished]", `"finished"`},
		{"tier: lenient", "tier: weak", `"weak"`},
		{"former: (由 | 从 | 较 | 比)? last_y? N", "former: former N", "part of itself"},
		{"words:\n", "words:\n  unheard: 闻所未闻\n", `"unheard"`},
		{"in: [dispute]", "in: [quarrel]", `"quarrel"`},
		{"{ carry N / adverb what }", "{ carry N / adverb what", "not closed"},
		{"otherwise: pending", "otherwise: brought", `"brought"`},
	} {
		changed := strings.Replace(src, c.old, c.new, 1)
		if changed == src {
			t.Errorf("the grammar does not say %q", c.old)
		}
		if _, err := load([]byte(changed), f); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.new, err, c.want)
		}
	}
}
