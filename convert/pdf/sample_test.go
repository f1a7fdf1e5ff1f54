package pdf

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// sample is a report with the published figures of a county for 2024 and a text
// written for the tests.
func sample(t testing.TB) *report.Report {
	t.Helper()
	src, err := os.ReadFile("testdata/yingshan-2024.json")
	if err != nil {
		t.Fatal(err)
	}
	var given struct {
		Form, Organization string
		Year               int
		Tables             map[string]map[string]map[string]json.Number
	}
	if err := json.Unmarshal(src, &given); err != nil {
		t.Fatal(err)
	}
	r := blank(t, given.Form)
	r.Year, r.Organization = given.Year, given.Organization
	r.Title = "营山县人民政府办公室2024年政府信息公开工作年度报告"
	eachFigure(r, func(table, row string, f *report.Figure) {
		v, err := report.ParseNumber(given.Tables[table][row][f.Column].String())
		if err != nil {
			t.Fatal(err)
		}
		f.Value = v
	})
	r.Preamble = texts("本报告根据《中华人民共和国政府信息公开条例》第四十九条、第五十条的规定编制。全文由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、" +
		"政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分组成。所列数据的统计期限自2024年1月1日起至12月31日止。" +
		"如对本报告有疑问，请与县人民政府办公室政务公开股联系（地址：县城正西街1号，邮编：637700，电话：0817-8222000）。")
	for i := range r.Sections {
		r.Sections[i].Found = true
		r.Sections[i].Paragraphs = texts(narrative[r.Sections[i].Key]...)
	}
	return r
}

var narrative = map[string][]string{
	"overview": {
		"2024年，我办把政务公开当作转变作风、服务群众的一件实事来抓，坚持“以公开为常态、不公开为例外”，全年工作平稳有序，公开的内容更全，群众查找更便。",
		"（一）主动公开情况。全年通过县政府门户网站发布各类信息3862条，其中政策文件46件、政策解读52篇，解读材料与文件同步起草、同步审签、同步发布；政务新媒体推送信息1207条，总阅读量59.3万次。",
		"（二）依申请公开情况。全年新收申请26件，上年结转1件，均为自然人提出。办结27件，其中予以公开6件、部分公开8件、无法提供8件、其他处理4件，答复文书一律经法律顾问审核，按期答复率100%。",
		"（三）政府信息管理",
		"1.健全制度。修订信息发布审核办法，明确“谁起草、谁定性，谁发布、谁复核”，把保密审查嵌入办文流程，做到先审后发。",
		"2.清理文件。对现行有效的7件行政规范性文件逐件核对文号、成文日期和有效性，废止的3件当日标注，并在网站（http://www.yingshan.gov.cn/zfxxgk/fdzdgknr/gfxwj）集中更新。",
		"（四）平台建设和监督保障。县、乡两级设政务公开专区53个，配备自助查询终端；全年组织业务培训3次，参训218人次；邀请代表、委员和群众代表评议1次，群众满意度为97.6%，没有发生需要追究责任的情形。",
	},
	"problems": {
		"工作虽有进步，同群众的期待相比还有差距：一是个别部门主动公开不够及时，信息发布后才补审签手续；二是政策解读形式偏少，图解、视频解读只占三成左右；三是少数乡镇答复申请的说理不充分。",
		"下一步，一是把公开时限写进部门年度目标，按月通报；二是凡涉及群众切身利益的政策，一律配发图解或者音视频解读；三是编印答复文书示范文本，每季度抽查评析一次。",
	},
	"other": {
		"（一）收取信息处理费情况。2024年没有收取信息处理费。",
		"（二）办理建议提案公开情况。主办的人大代表建议12件、政协提案9件，除依法不宜公开的以外，办理结果全部在网站专栏公开。",
		"没有其他需要报告的事项。",
	},
}

// blank is a report of a form with nothing filled in.
func blank(t testing.TB, id string) *report.Report {
	t.Helper()
	f, err := form.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	return f.Blank()
}

func texts(ps ...string) []report.Paragraph {
	var out []report.Paragraph
	for _, p := range ps {
		out = append(out, report.Paragraph{Text: p})
	}
	return out
}

func eachFigure(r *report.Report, do func(table, row string, f *report.Figure)) {
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for i := range row.Figures {
				do(t.Key, row.Key, &row.Figures[i])
			}
		}
	}
}

// written is a report as it is printed with the embedded faces.
func written(t testing.TB, r *report.Report, o Options) []byte {
	t.Helper()
	o.NoSystemFaces = true
	var b strings.Builder
	if _, err := Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return []byte(b.String())
}

func formOf(t testing.TB, id string) *form.Form {
	t.Helper()
	f, err := form.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
