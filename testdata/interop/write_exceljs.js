// Writes the sketches in the file named first into the folder named second.
const fs = require("fs");
const ExcelJS = require("exceljs");

async function main() {
  const [sketches, folder] = process.argv.slice(2);
  for (const [number, sketch] of JSON.parse(fs.readFileSync(sketches, "utf8")).entries()) {
    const book = new ExcelJS.Workbook();
    for (const s of sketch.sheets) {
      const sheet = book.addWorksheet(s.name, { state: s.hidden ? "hidden" : "visible" });
      for (const c of s.cells) {
        const cell = sheet.getCell(c.row, c.column);
        cell.value = c.formula ? { formula: c.formula } : c.value;
        if (c.rows > 1 || c.columns > 1) {
          sheet.mergeCells(c.row, c.column, c.row + c.rows - 1, c.column + c.columns - 1);
        }
      }
      for (const row of s.hiddenRows || []) sheet.getRow(row).hidden = true;
    }
    await book.xlsx.writeFile(`${folder}/${number}.xlsx`);
  }
}

main().catch((e) => { console.error(e); process.exit(1); });
