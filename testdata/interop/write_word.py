"""Writes the documents of testdata/word: write_word.py FOLDER. Needs python3-docx,
LibreOffice Writer and npm's docx, see testdata/install-interop.sh.
"""
import copy, json, os, re, shutil, subprocess, sys, tempfile, zipfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

import word_model as m

HERE = os.path.dirname(os.path.abspath(__file__))


def save(document, name):
    document.core_properties.author = ""
    document.save(name)


def new():
    d = docx.Document()
    for p in list(d.paragraphs):
        p._p.getparent().remove(p._p)
    d.styles["Normal"].font.name = "仿宋_GB2312"
    d.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    d.styles["Normal"].font.size = Pt(16)
    return d


def put_table(d, cells):
    """Merges as python-docx does: both ways at once, with the text in the first cell."""
    rows, columns = m.size(cells)
    t = d.add_table(rows, columns)
    t.style = "Table Grid"
    for r, c, h, w, text in cells:
        at = t.cell(r, c)
        if h * w > 1:
            at = at.merge(t.cell(r + h - 1, c + w - 1))
        at.text = text
        for p in at.paragraphs:
            for run in p.runs:
                run.font.size = Pt(9)
    return t


def township(name):
    """Headings typed, the first table parted by its own headings, the title broken over
    two lines, a caption above a table, the signature at the end."""
    body = "安平县柳林镇人民政府"
    d = new()
    p = d.add_paragraph()
    p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    p.add_run(body).add_break()
    p.add_run("2024年政府信息公开工作年度报告").bold = True
    d.add_paragraph(m.PREAMBLE)
    for i, h in enumerate(m.HEADINGS):
        d.add_paragraph(f"{m.NUMBERS[i]}、{h}")
        for t in m.narrative(body).get(i, []):
            d.add_paragraph("　　" + t)
        if i == 1:
            for title, head, rows in m.DISCLOSURE:
                d.add_paragraph(title)
                put_table(d, [(r, c, 1, 1, s) for r, line in enumerate([head] + rows) for c, s in enumerate(line)])
        if i == 2:
            d.add_paragraph("单位：件").alignment = WD_ALIGN_PARAGRAPH.RIGHT
            put_table(d, m.applications())
        if i == 3:
            put_table(d, m.disputed())
            d.add_paragraph("")
    for s in (body, "2025年1月17日"):
        d.add_paragraph(s).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    save(d, name)


def grid_xml(cells, widths, edit=None):
    """A table with merged cells as Word writes them, and edges where widths say."""
    rows, columns = m.size(cells)
    at = {(r, c): x for x in cells for r, c in [(x[0], x[1])]}
    owner = {(r + i, c + k): (r, c) for r, c, h, w, _ in cells for i in range(h) for k in range(w)}
    out = [f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>']
    out += [f'<w:gridCol w:w="{w}"/>' for w in widths] + ["</w:tblGrid>"]
    for r in range(rows):
        out.append("<w:tr>")
        c = 0
        while c < columns:
            o = owner.get((r, c), (r, c))
            _, _, h, w, text = at.get(o, (r, c, 1, 1, ""))
            first = o[0] == r
            v = "" if h == 1 else '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
            span = edit(r, c, w) if edit else w
            g = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            run = f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>{text}</w:t></w:r>' if first and text else ""
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/>{g}{v}</w:tcPr><w:p>{run}</w:p></w:tc>')
            c += w
        out.append("</w:tr>")
    return parse_xml("".join(out) + "</w:tbl>")


def hospital(name):
    """A table that goes on below a repeated head, edges dragged a hair apart, a total
    that is a field, tracked changes, a digit struck out, content controls."""
    body = "安平县卫生健康局"
    d = new()
    end = d.element.body.sectPr

    def add(xml):
        end.addprevious(xml)
    d.add_paragraph(m.title(body)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    d.add_paragraph(m.PREAMBLE)
    for i, h in enumerate(m.HEADINGS):
        add(parse_xml(f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="标题"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>{m.NUMBERS[i]}、{h}</w:t></w:r></w:p></w:sdtContent></w:sdt>'))
        for t in m.narrative(body).get(i, []):
            d.add_paragraph(t)
        if i == 1:
            add(grid_xml(m.disclosure(), [3000, 1800, 1800, 1800]))
        if i == 2:
            cells = m.applications()
            head = [x for x in cells if x[0] < 3]
            top = [x for x in cells if x[0] < 16]
            rest = head + [(r - 13, *x) for r, *x in cells if r >= 16]
            top = [(r, c, min(h, 16 - r), w, s) for r, c, h, w, s in top]
            rest.append((3, 0, 11, 1, ""))
            rows = {}
            for x in rest:
                rows.setdefault((x[0], x[1]), x)
            # A hair behind the fourth column: in odd rows the cell before has it, else the one behind.
            widths = [1000, 1200, 2400, 800, 30, 800, 800, 800, 800, 800, 900]

            def edit(r, c, w):
                has_left = c <= 3 < c + w
                begins = c == 4
                return w + (1 if has_left and (r % 2 == 1 or c + w > 4) else 0) + (1 if begins and r % 2 == 0 else 0)
            add(grid_xml(sorted(top), widths, edit))
            d.add_paragraph("续表")
            add(grid_xml(sorted(rows.values()), widths, edit))
        if i == 3:
            add(grid_xml(m.disputed(), [560] * 15))
    tables = d.element.body.findall(qn("w:tbl"))
    figure = tables[1].findall(qn("w:tr"))[3].findall(qn("w:tc"))
    was = figure[1].find(".//" + qn("w:t")).text
    p = figure[1].find(qn("w:p"))
    for child in list(p):
        p.remove(child)
    for xml in (f'<w:ins {nsdecls("w")} w:id="90" w:author="办公室"><w:r><w:t>{was}</w:t></w:r></w:ins>',
                f'<w:del {nsdecls("w")} w:id="91" w:author="办公室"><w:r><w:delText>9</w:delText></w:r></w:del>',
                f'<w:r {nsdecls("w")}><w:rPr><w:strike/></w:rPr><w:t>1</w:t></w:r>'):
        p.append(parse_xml(xml))
    p = figure[-1].find(qn("w:p"))
    was = p.find(".//" + qn("w:t")).text
    for child in list(p):
        p.remove(child)
    for xml in ('<w:fldChar w:fldCharType="begin"/>', "<w:instrText> =SUM(LEFT) </w:instrText>", '<w:fldChar w:fldCharType="separate"/>', f"<w:t>{was}</w:t>", '<w:fldChar w:fldCharType="end"/>'):
        p.append(parse_xml(f'<w:r {nsdecls("w")}>{xml}</w:r>'))
    rows = tables[1].findall(qn("w:tr"))
    gone = copy.deepcopy(rows[5])
    gone.insert(0, parse_xml(f'<w:trPr {nsdecls("w")}><w:del w:id="92" w:author="办公室"/></w:trPr>'))
    rows[5].addnext(gone)
    save(d, name)


def html_table(cells, spread=1):
    rows, columns = m.size(cells)
    out = ['<table border="1" cellspacing="0">']
    for r in range(rows):
        out.append("<tr>" + "".join(f'<td rowspan="{h}" colspan="{w * spread}"><p>{t}</p></td>' for rr, _, h, w, t in cells if rr == r) + "</tr>")
    return "".join(out) + "</table>"


def web_page(name, work):
    """Copied from a web page: all of it in a table without borders, the form's tables
    in that, and each column over two of the grid."""
    body = "安平县财政局"
    out = ['<html><head><meta charset="utf-8"></head><body><table border="0" width="100%"><tr><td>', f'<h2 align="center">{m.title(body)}</h2>', "<p>发布时间：2025-01-18</p>", f"<p>{m.PREAMBLE}</p>"]
    for i, h in enumerate(m.HEADINGS):
        out.append(f"<p><b>{m.NUMBERS[i]}、{h}</b></p>")
        out += [f"<p>{t}</p>" for t in m.narrative(body).get(i, [])]
        if i in (1, 2, 3):
            out.append(html_table([m.disclosure, m.applications, m.disputed][i - 1](), 2 if i == 2 else 1))
    out.append("</td></tr></table></body></html>")
    page = os.path.join(work, "page.html")
    with open(page, "w", encoding="utf-8") as f:
        f.write("".join(out))
    office(work, page, ["--infilter=HTML (StarWriter)"])
    shutil.move(os.path.join(work, "out", "page.docx"), name)


def office(work, file, options=[]):
    subprocess.run(["soffice", "-env:UserInstallation=file://" + os.path.join(work, "profile"), "--headless", *options,
                    "--convert-to", "docx:MS Word 2007 XML", "--outdir", os.path.join(work, "out"), file], check=True, stdout=subprocess.DEVNULL)


STRICT = "http://purl.oclc.org/ooxml"


def strict(name):
    """The strict form of the format, as Word saves it when asked: other namespaces, a
    prefix that a library chose, the title in a text box that two programs draw each in its own way, marks of
    symbol fonts, a table in a content control, the document under another name."""
    body = "安平县自然资源局"
    box = f'<txbxContent><p><r><t>{m.title(body)}</t></r></p></txbxContent>'
    out = [f'<p><r><mc:AlternateContent><mc:Choice Requires="wps"><drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></drawing></mc:Choice>'
           f'<mc:Fallback><pict><v:shape><v:textbox>{box}</v:textbox></v:shape></pict></mc:Fallback></mc:AlternateContent></r></p>',
           f"<p><r><t>{m.PREAMBLE}</t></r></p>"]
    for i, h in enumerate(m.HEADINGS):
        out.append(f"<p><r><t>{m.NUMBERS[i]}、</t></r><smartTag><smartTagPr/><r><t>{h}</t></r></smartTag></p>")
        for t in m.narrative(body).get(i, []):
            mark = '<r><sym font="Wingdings" char="F0A8"/></r>' if i == 5 else ""
            out.append(f'<p>{mark}<r><t xml:space="preserve">{t[:10]}</t></r><bookmarkStart id="{i}" name="b{i}"/><r><t>{t[10:]}</t></r><bookmarkEnd id="{i}"/></p>')
        if i in (1, 2, 3):
            cells = [m.disclosure, m.applications, m.disputed][i - 1]()
            from lxml import etree
            x = etree.tostring(grid_xml(cells, [900] * m.size(cells)[1]), encoding="unicode")
            x = re.sub(r' xmlns:w="[^"]*"', "", x)
            x = re.sub(r"(</?)w:", r"\1", x)
            x = re.sub(r" w:(\w+=)", r" \1", x)
            out.append(f"<sdt><sdtPr/><sdtContent>{x}</sdtContent></sdt>")
    def prefixed(tag):
        if ":" in tag.group(2):
            return tag.group(0)
        return f"<{tag.group(1)}ns0:{tag.group(2)}" + re.sub(r" (\w+)=", r" ns0:\1=", tag.group(3)) + ">"
    out = re.sub(r"<(/?)([\w:]+)([^>]*)>", prefixed, "".join(out))
    document = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><ns0:document xmlns:ns0="{STRICT}/wordprocessingml/main" '
                f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
                f'xmlns:v="urn:schemas-microsoft-com:vml" ns0:conformance="strict"><ns0:body>{out}<ns0:sectPr><ns0:pgSz ns0:w="11906" ns0:h="16838"/></ns0:sectPr></ns0:body></ns0:document>')
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{STRICT}/officeDocument/relationships/officeDocument" Target="word/document2.xml"/></Relationships>'
    types = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Override PartName="/word/document2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for part, content in (("[Content_Types].xml", types), ("_rels/.rels", rels), ("word/document2.xml", document)):
            z.writestr(zipfile.ZipInfo(part, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def smaller(name):
    """Takes out what the documents do not need: pictures of the template, a thumbnail."""
    with zipfile.ZipFile(name) as z:
        parts = [(i.filename, z.read(i)) for i in z.infolist()]
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
        for part, content in parts:
            z.writestr(zipfile.ZipInfo(part, (2025, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    at = lambda name: os.path.join(folder, name + ".docx")
    with tempfile.TemporaryDirectory() as work:
        model = os.path.join(work, "model.json")
        body = "安平县教育局"
        with open(model, "w", encoding="utf-8") as f:
            json.dump({"title": m.title(body), "preamble": m.PREAMBLE, "headings": m.HEADINGS, "narrative": m.narrative(body),
                       "tables": {1: m.disclosure(), 2: m.applications(), 3: m.disputed()}}, f)
        subprocess.run(["node", os.path.join(HERE, "write_word.js"), model, at("npm-docx")], check=True)
        township(at("python-docx"))
        hospital(at("split-table"))
        strict(at("strict"))
        web_page(at("web-page"), work)
        shutil.copy(at("python-docx"), os.path.join(work, "resaved.docx"))
        office(work, os.path.join(work, "resaved.docx"))
        shutil.move(os.path.join(work, "out", "resaved.docx"), at("libreoffice"))
    for f in os.listdir(folder):
        if f.endswith(".docx"):
            smaller(os.path.join(folder, f))


main(sys.argv[1])
