// Package generate makes up submissions for tests and measurements: filled forms
// with figures and texts of their own, whose sums are known.
package generate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/reader"
	"nianbao/convert/report"
	"nianbao/convert/xlsx"
)

// Year is the report year of everything that is generated.
const Year = 2024

// Form is an empty form, ready to be filled again and again.
type Form struct {
	form  *form.Form
	empty []byte
	read  *report.Report // knows the cells
}

// NewForm prepares the form with the given id.
func NewForm(id string) (*Form, error) {
	f, err := form.Get(id)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := xlsx.Template(&b, f); err != nil {
		return nil, err
	}
	read, err := reader.Read(context.Background(), b.Bytes(), reader.Options{})
	if err != nil {
		return nil, err
	}
	return &Form{f, b.Bytes(), read[0]}, nil
}

// Report makes up the n-th report: figures that add up, texts of 1,500 to 4,000
// characters that agree with them. It is always the same for the same n.
func (f *Form) Report(n int) *report.Report {
	random := rand.New(rand.NewPCG(uint64(n), 2024))
	r := f.form.Blank()
	r.Organization = Organization(n)
	r.Year = Year
	r.Title = f.form.TitleFor(r.Organization, fmt.Sprint(Year))
	for i := range r.Tables {
		f.figures(&r.Tables[i], random)
	}
	left := 1500 + random.IntN(2500)
	for i := range r.Sections {
		s := &r.Sections[i]
		size := left / (len(r.Sections) - i)
		left -= size
		for size > 0 {
			p := paragraph(random, min(size, 120+random.IntN(200)))
			s.Paragraphs = append(s.Paragraphs, report.Paragraph{Text: p})
			size -= len([]rune(p))
		}
	}
	last := &r.Sections[len(r.Sections)-1]
	last.Paragraphs = append(last.Paragraphs, report.Paragraph{Text: "本年度未收取政府信息公开信息处理费。"})
	return r
}

// Organization is the name of the n-th organization.
func Organization(n int) string {
	places := []string{"临江", "平阳", "清河", "永安", "青山", "白云", "长乐", "东湖", "西岭", "南桥", "北塔", "金沙", "龙泉", "凤鸣", "石门", "大安"}
	if n%2 == 0 {
		offices := []string{"教育", "水务", "财政", "民政", "司法", "卫生健康", "交通运输", "农业农村", "文化旅游", "市场监督管理", "自然资源", "应急管理"}
		return fmt.Sprintf("%s县%s局（第%d）", places[n/2%len(places)], offices[n/2%len(offices)], n)
	}
	return fmt.Sprintf("%s镇人民政府（第%d）", places[n/2%len(places)], n)
}

// figures fills a table so that what must add up does.
func (f *Form) figures(t *report.Table, random *rand.Rand) {
	ft := f.form.Table(t.Key)
	total := map[string]bool{} // row.column of what others add up to
	for _, row := range ft.Rows() {
		for _, c := range row.Columns {
			fig := t.Row(row.Key).Figure(c.Key)
			switch {
			case ft.Parts(row.Key, c.Key) != nil:
				total[row.Key+"."+c.Key] = true
			case c.Kind == form.Amount:
				n, _ := report.ParseNumber(fmt.Sprintf("%d.%04d", random.IntN(9000), random.IntN(10000)))
				fig.Value = n
			default:
				fig.Value = report.Int(int64(random.IntN(8) * random.IntN(5)))
			}
		}
	}
	// First what stands against the sum of other rows, such as carried over: the
	// later of both sides is made large enough, then the earlier takes up the rest.
	for _, id := range ft.Identities {
		if len(id.Left) != 2 {
			continue
		}
		for _, c := range ft.Rows()[0].Columns {
			right := f.value(t, id.Right[0], c.Key).Add(f.value(t, id.Right[1], c.Key))
			t.Row(id.Left[0]).Figure(c.Key).Value = right
			t.Row(id.Left[1]).Figure(c.Key).Value = report.Int(0)
		}
	}
	for _, row := range ft.Rows() {
		for _, c := range row.Columns {
			if total[row.Key+"."+c.Key] {
				t.Row(row.Key).Figure(c.Key).Value = f.value(t, row.Key, c.Key)
			}
		}
	}
}

// value is a figure, or the sum of its parts.
func (f *Form) value(t *report.Table, row, column string) report.Number {
	parts := f.form.Table(t.Key).Parts(row, column)
	if parts == nil {
		return t.Row(row).Figure(column).Value
	}
	var sum report.Number
	for _, p := range parts {
		sum = sum.Add(f.value(t, p.Row, p.Column))
	}
	return sum
}

// paragraph makes up about so many characters.
func paragraph(random *rand.Rand, size int) string {
	subjects := []string{"本单位", "各科室", "政务公开领导小组", "信息公开工作专班", "各镇街和有关部门", "办公室"}
	verbs := []string{"坚持", "持续推进", "不断完善", "着力加强", "认真落实", "全面规范", "及时更新", "稳步提升"}
	objects := []string{"政策解读的针对性和可读性", "重点领域信息的主动公开", "政府网站栏目建设", "依申请公开的办理流程", "公开属性源头认定机制", "规范性文件的集中公开",
		"政务新媒体的日常管理", "基层公开标准目录的落实", "信息发布审核与保密审查", "群众关切问题的回应", "业务培训和工作交流", "公开平台的适老化改造"}
	ends := []string{"，取得积极成效。", "，群众满意度有所提高。", "，保障公众知情权、参与权和监督权。", "，做到应公开尽公开。", "，形成上下联动的工作格局。", "；", "，"}
	var b strings.Builder
	b.WriteString("　　")
	n := 2
	for n < size {
		s := subjects[random.IntN(len(subjects))] + verbs[random.IntN(len(verbs))] + objects[random.IntN(len(objects))] + ends[random.IntN(len(ends))]
		b.WriteString(s)
		n += len([]rune(s))
	}
	return strings.TrimRight(b.String(), "，；。") + "。"
}

// Fill writes a report into the empty form, as a clerk fills it in. Edit, if it is
// not nil, may spoil the workbook before it is saved.
func (f *Form) Fill(r *report.Report, edit func(*excelize.File)) ([]byte, error) {
	w, err := excelize.OpenReader(bytes.NewReader(f.empty))
	if err != nil {
		return nil, err
	}
	defer w.Close()
	cover := w.GetSheetName(0)
	if err := errors.Join(w.SetCellStr(cover, "B3", r.Organization), w.SetCellInt(cover, "B4", int64(r.Year)), w.SetCellStr(cover, "A1", r.Title)); err != nil {
		return nil, err
	}
	for i, t := range r.Tables {
		for j, row := range t.Rows {
			for k, fig := range row.Figures {
				at := f.read.Tables[i].Rows[j].Figures[k].Cell
				if err := w.SetCellFloat(at.Sheet, at.Name(), fig.Value.Decimal().InexactFloat64(), -1, 64); err != nil {
					return nil, err
				}
			}
		}
	}
	for i, s := range r.Sections {
		at := f.read.Sections[i].Heading
		for k, p := range s.Paragraphs {
			if err := w.SetCellStr(at.Sheet, fmt.Sprintf("A%d", at.Row+1+k), p.Text); err != nil {
				return nil, err
			}
		}
	}
	if edit != nil {
		edit(w)
	}
	var b bytes.Buffer
	_, err = w.WriteTo(&b)
	return b.Bytes(), err
}
