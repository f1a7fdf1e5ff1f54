// Looks at pages in Chromium at three widths: whether they fit and what axe finds wrong,
// a line each, and prints them to name.print.pdf.
const { readFileSync } = require("node:fs");
const { chromium } = require("playwright-core");

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// A machine that is busy takes its time: nothing here is broken off.
async function open(browser, file, options) {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(0);
  await page.goto("file://" + file);
  return page;
}

async function look(browser, file) {
  for (const width of [390, 800, 1280]) {
    const page = await open(browser, file, { viewport: { width, height: 900 }, bypassCSP: true }); // axe is a script
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    const wrong = found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`);
    console.log(`${file} ${width} ${wide > width ? `is ${wide} wide` : "fits"}, ${wrong.join("; ") || "nothing wrong"}`);
    await page.close();
  }
  const page = await open(browser, file);
  await page.pdf({ path: file.replace(/html$/, "print.pdf"), preferCSSPageSize: true });
  await page.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"], timeout: 0 });
  for (const file of process.argv.slice(2)) await look(browser, file);
  await browser.close();
})();
