"""The report that the Word documents of testdata/word give, each in its own shape.

Its figures follow from their places, so that a test can tell them without this file;
see reader/word_test.go.
"""
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
GROUPS = [
    ("（一）予以公开", []),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", []),
    ("（三）不予公开", ["1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
                  "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项"]),
    ("（四）无法提供", ["1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"]),
    ("（五）不予处理", ["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
                  "5.要求行政机关确认或重新出具已获取信息"]),
    ("（六）其他处理", ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                  "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他"]),
]
outcomes = [(g, item) for g, items in GROUPS for item in (items or [None])]
handled = [[(5 * i + 3 * j + 2) % 9 for j in range(6)] for i in range(len(outcomes))]
processed = [sum(row[j] for row in handled) for j in range(6)]
carried_in = [j + 1 for j in range(6)]
carried_out = [2 * j for j in range(6)]
received = [processed[j] + carried_out[j] - carried_in[j] for j in range(6)]
disputes = [[4 * g + k + 1 for k in range(4)] for g in range(3)]


def total(row):
    return row + [sum(row)]


# Tables are lists of cells: row and column from 0, how many of each, text.
def applications():
    cells = [(0, 0, 3, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"), (0, 3, 1, 7, "申请人情况"),
             (1, 3, 2, 1, "自然人"), (1, 4, 1, 5, "法人或其他组织"), (1, 9, 2, 1, "总计")]
    cells += [(2, 4 + i, 1, 1, a) for i, a in enumerate(APPLICANTS[1:])]
    row = 3

    def figures(values):
        return [(row, 3 + i, 1, 1, str(v)) for i, v in enumerate(total(values))]
    for label, values in (("一、本年新收政府信息公开申请数量", received), ("二、上年结转政府信息公开申请数量", carried_in)):
        cells += [(row, 0, 1, 3, label)] + figures(values)
        row += 1
    cells.append((row, 0, len(outcomes) + 1, 1, "三、本年度办理结果"))
    i = 0
    for group, items in GROUPS:
        cells.append((row, 1, max(len(items), 1), 1 if items else 2, group))
        for item in items or [None]:
            if item:
                cells.append((row, 2, 1, 1, item))
            cells += figures(handled[i])
            row, i = row + 1, i + 1
    cells += [(row, 1, 1, 2, "（七）总计")] + figures(processed)
    row += 1
    cells += [(row, 0, 1, 3, "四、结转下年度继续办理")] + figures(carried_out)
    return sorted(cells)


DISCLOSURE = [
    ("第二十条第（一）项", ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], [["规章", "0", "0", "0"], ["行政规范性文件", "3", "1", "17"]]),
    ("第二十条第（五）项", ["信息内容", "本年处理决定数量"], [["行政许可", "1234"]]),
    ("第二十条第（六）项", ["信息内容", "本年处理决定数量"], [["行政处罚", "56"], ["行政强制", "7"]]),
    ("第二十条第（八）项", ["信息内容", "本年收费金额（单位：万元）"], [["行政事业性收费", "59.2449"]]),
]


def disclosure():
    cells, row = [], 0
    for title, head, rows in DISCLOSURE:
        cells.append((row, 0, 1, 4, title))
        row += 1
        for line in [head] + rows:
            wide = 4 - len(line)
            cells += [(row, i, 1, 1 + (wide if i else 0), s) for i, s in enumerate(line)]
            row += 1
    return sorted(cells)


def disputed():
    cells = [(0, 0, 1, 5, "行政复议"), (0, 5, 1, 10, "行政诉讼"), (1, 5, 1, 5, "未经复议直接起诉"), (1, 10, 1, 5, "复议后起诉")]
    for g in range(3):
        for k, s in enumerate(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]):
            cells.append((1, k, 2, 1, s) if g == 0 else (2, 5 * g + k, 1, 1, s))
            cells.append((3, 5 * g + k, 1, 1, str(total(disputes[g])[k])))
    return sorted(cells)


def size(cells):
    return max(r + h for r, _, h, _, _ in cells), max(c + w for _, c, _, w, _ in cells)


HEADINGS = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"]
NUMBERS = "一二三四五六"
PREAMBLE = "本报告依照《中华人民共和国政府信息公开条例》编制，数据自2024年1月1日起，至2024年12月31日止。"


def narrative(body):
    granted = sum(handled[0])
    return {
        0: [f"2024年，{body}把群众常问的事项逐一列进公开清单，谁办的事谁公开。",
            f"（一）主动公开。全年制发行政规范性文件3件，废止1件，现行有效17件。",
            f"（二）依申请公开。全年新收申请{sum(received)}件，上年结转{sum(carried_in)}件，予以公开{granted}件，结转下年度继续办理{sum(carried_out)}件。",
            "（三）政府信息管理。发布前由办公室和业务科室各看一遍，改动留痕。",
            "（四）平台建设。栏目按事项归并，打不开的链接已清理。",
            "（五）监督保障。每季度抽查一次，结果在局务会上通报。"],
        4: ["一是有的解读写得太长，二是答复文书格式不一。下一步逐类印发样本，解读控制在一页以内。"],
        5: ["本年度没有收取信息处理费。没有其他需要报告的事项。"],
    }


def title(body):
    return f"{body}2024年政府信息公开工作年度报告"
