// Runs each query in the folder named first and prints its rows, a line of JSON a query.
const { DuckDBInstance } = require("@duckdb/node-api");

async function main() {
  const [folder, ...queries] = process.argv.slice(2);
  process.chdir(folder);
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  for (const query of queries) {
    const rows = (await connection.runAndReadAll(query)).getRows();
    console.log(JSON.stringify(rows, (_, v) => (typeof v === "bigint" ? Number(v) : v)));
  }
}

main().catch((err) => {
  console.error(err);
  process.exit(1);
});
