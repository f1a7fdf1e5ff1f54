"""Writes the sketches in the file named first into the folder named second, with
rich text in some labels and strings kept inline in every other workbook."""
import json, sys
import xlsxwriter

for number, sketch in enumerate(json.load(open(sys.argv[1], encoding="utf-8"))):
    book = xlsxwriter.Workbook(f"{sys.argv[2]}/{number}.xlsx", {"constant_memory": False})
    bold = book.add_format({"bold": True})
    plain = book.add_format({"border": 1, "text_wrap": True})
    for s in sketch["sheets"]:
        sheet = book.add_worksheet(s["name"])
        for c in s["cells"]:
            row, column, value = c["row"] - 1, c["column"] - 1, c["value"]
            if c["rows"] > 1 or c["columns"] > 1:
                sheet.merge_range(row, column, row + c["rows"] - 1, column + c["columns"] - 1, "", plain)
            if c["formula"]:
                sheet.write_formula(row, column, "=" + c["formula"], plain, "")
            elif isinstance(value, str) and len(value) > 6:
                sheet.write_rich_string(row, column, value[:3], bold, value[3:], plain)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, plain)
            else:
                sheet.write_number(row, column, value, plain)
        for row in s["hiddenRows"] or []:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        if s["hidden"]:
            sheet.hide()
    book.close()
