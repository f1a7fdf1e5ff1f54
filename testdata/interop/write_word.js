// Writes a report with npm's docx, as a program of an office might: headings numbered
// by a list, a list of contents, header and footer, a footnote, a comment and tracked
// changes. Arguments: the model as JSON (word_model.py), the document.
const fs = require("fs");
const d = require("docx");

const model = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const lines = (t, o = {}) => new d.Paragraph({ ...o, children: [new d.TextRun({ text: t, font: "仿宋_GB2312", size: 32 })] });

function table(cells) {
  const rows = [];
  for (const [r, c, h, w, text] of cells) {
    (rows[r] ??= []).push(new d.TableCell({
      rowSpan: h, columnSpan: w, verticalAlign: d.VerticalAlign.CENTER,
      children: [new d.Paragraph({ alignment: d.AlignmentType.CENTER, children: [new d.TextRun({ text, size: 21 })] })],
    }));
  }
  return new d.Table({ width: { size: 100, type: d.WidthType.PERCENTAGE }, rows: rows.map((children) => new d.TableRow({ children })) });
}

const body = [
  new d.Paragraph({ heading: d.HeadingLevel.TITLE, alignment: d.AlignmentType.CENTER, children: [new d.TextRun({ text: model.title, size: 44 })] }),
  new d.TableOfContents("目录", { hyperlink: true, headingStyleRange: "1-1" }),
  new d.Paragraph({ children: [new d.CommentRangeStart(0), new d.TextRun(model.preamble), new d.CommentRangeEnd(0), new d.TextRun({ children: [new d.CommentReference(0)] })] }),
];
model.headings.forEach((h, i) => {
  body.push(new d.Paragraph({ heading: d.HeadingLevel.HEADING_1, numbering: { reference: "sections", level: 0 }, children: [new d.TextRun(h)] }));
  for (const [k, t] of (model.narrative[i] ?? []).entries()) {
    const m = /^（[一二三四五六]）(.*)$/.exec(t);
    if (m) body.push(lines(m[1], { numbering: { reference: "sections", level: 1 } }));
    else if (i === 5) body.push(new d.Paragraph({ children: [new d.TextRun(t), new d.FootnoteReferenceRun(1),
      new d.InsertedTextRun({ text: "", id: 7, author: "办公室", date: "2025-01-10T08:00:00Z" }),
      new d.DeletedTextRun({ text: "本段待定。", id: 8, author: "办公室", date: "2025-01-10T08:00:00Z" })] }));
    else body.push(lines(t));
  }
  if (model.tables[i]) body.push(table(model.tables[i]));
});
body.push(new d.Paragraph({ alignment: d.AlignmentType.RIGHT, children: [new d.TextRun("安平县教育局")] }));
body.push(new d.Paragraph({ alignment: d.AlignmentType.RIGHT, children: [new d.TextRun("2025年1月16日")] }));

const level = (n, format, text) => ({ level: n, format, text, alignment: d.AlignmentType.START, suffix: d.LevelSuffix.NOTHING });
const doc = new d.Document({
  numbering: { config: [{ reference: "sections", levels: [level(0, d.LevelFormat.CHINESE_COUNTING, "%1、"), level(1, d.LevelFormat.JAPANESE_COUNTING, "（%2）")] }] },
  footnotes: { 1: { children: [new d.Paragraph("信息处理费按件、按量收取的标准见省里的文件。")] } },
  comments: { children: [{ id: 0, author: "办公室", date: new Date("2025-01-10T08:00:00Z"), children: [new d.Paragraph("条例名称已核。")] }] },
  sections: [{
    headers: { default: new d.Header({ children: [new d.Paragraph("政府信息公开工作年度报告（2023年模板）")] }) },
    footers: { default: new d.Footer({ children: [new d.Paragraph({ children: [new d.TextRun({ children: [d.PageNumber.CURRENT] })] })] }) },
    children: body,
  }],
});
d.Packer.toBuffer(doc).then((b) => fs.writeFileSync(process.argv[3], b));
