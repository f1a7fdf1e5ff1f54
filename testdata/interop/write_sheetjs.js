// Writes the sketches in the file named first into the folder named second; every
// other workbook without shared strings.
const fs = require("fs");
const XLSX = require("xlsx");

const [sketches, folder] = process.argv.slice(2);
for (const [number, sketch] of JSON.parse(fs.readFileSync(sketches, "utf8")).entries()) {
  const book = XLSX.utils.book_new();
  book.Workbook = { Sheets: sketch.sheets.map((s) => ({ name: s.name, Hidden: s.hidden ? 1 : 0 })) };
  for (const s of sketch.sheets) {
    const sheet = { "!merges": [], "!rows": [] };
    let last = { r: 0, c: 0 };
    for (const c of s.cells) {
      const at = { r: c.row - 1, c: c.column - 1 };
      const end = { r: at.r + c.rows - 1, c: at.c + c.columns - 1 };
      const cell = typeof c.value === "number" ? { t: "n", v: c.value } : { t: "s", v: c.value };
      if (c.formula) Object.assign(cell, { t: "n", f: c.formula, v: undefined });
      sheet[XLSX.utils.encode_cell(at)] = cell;
      if (end.r > at.r || end.c > at.c) sheet["!merges"].push({ s: at, e: end });
      last = { r: Math.max(last.r, end.r), c: Math.max(last.c, end.c) };
    }
    for (const row of s.hiddenRows || []) sheet["!rows"][row - 1] = { hidden: true };
    sheet["!ref"] = XLSX.utils.encode_range({ s: { r: 0, c: 0 }, e: last });
    XLSX.utils.book_append_sheet(book, sheet, s.name);
  }
  XLSX.writeFile(book, `${folder}/${number}.xlsx`, { bookSST: number % 2 === 0 });
}
