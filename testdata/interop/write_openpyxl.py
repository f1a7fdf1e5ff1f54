"""Writes the sketches in the file named first into the folder named second."""
import json, sys
import openpyxl

for number, sketch in enumerate(json.load(open(sys.argv[1], encoding="utf-8"))):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for s in sketch["sheets"]:
        sheet = book.create_sheet(s["name"])
        for c in s["cells"]:
            value = "=" + c["formula"] if c["formula"] else c["value"]
            sheet.cell(c["row"], c["column"]).value = value
            if c["rows"] > 1 or c["columns"] > 1:
                sheet.merge_cells(start_row=c["row"], start_column=c["column"],
                                  end_row=c["row"] + c["rows"] - 1, end_column=c["column"] + c["columns"] - 1)
        for row in s["hiddenRows"] or []:
            sheet.row_dimensions[row].hidden = True
        if s["hidden"]:
            sheet.sheet_state = "hidden"
    book.save(f"{sys.argv[2]}/{number}.xlsx")
