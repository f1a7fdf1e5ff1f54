//go:build interop

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/summary"
)

// duckDB runs queries in a folder and returns the rows of each.
func duckDB(t *testing.T, dir string, queries ...string) []string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("node", append([]string{"../../testdata/interop/query_duckdb.js", dir}, queries...)...)
	c.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(cache, "nianbao-interop", "node_modules"))
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// DuckDB reads records and tables without any options: figures are numbers, what counts
// is true or false, and sums and counts are those of the summary.
func TestInteropDuckDB(t *testing.T) {
	county, out := season(t, 300)
	if status, _, errOut := runIn(t, "export", out); status != 0 {
		t.Fatal(errOut)
	}
	src, err := os.ReadFile(filepath.Join(out, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s summary.Season
	if err := json.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	results, errors, warnings, findings := 0, 0, 0, 0
	for r, err := range summary.Records(filepath.Join(out, "results.jsonl")) {
		if err != nil {
			t.Fatal(err)
		}
		results, errors, warnings, findings = results+1, errors+r.Errors, warnings+r.Warnings, findings+len(r.Findings)
	}
	if results != len(county.Files)+1 || errors == 0 { // and a letter
		t.Fatalf("%d records, %d errors", results, errors)
	}
	const columns = "select column_name || ' ' || column_type from (describe select * from '%s')"
	sum := func(path string) string { return s.Totals.At(path).String() }
	cases := []struct{ query, want string }{
		{fmt.Sprintf(columns, "figures.csv"), `[["year BIGINT"],["organization VARCHAR"],["part VARCHAR"],["file VARCHAR"],["kind VARCHAR"],["counted BOOLEAN"],["path VARCHAR"],["label VARCHAR"],["value DOUBLE"]]`},
		{fmt.Sprintf(columns, "findings.csv"), `[["year BIGINT"],["organization VARCHAR"],["part VARCHAR"],["file VARCHAR"],["kind VARCHAR"],["counted BOOLEAN"],["rule VARCHAR"],["severity VARCHAR"],["path VARCHAR"],["cells VARCHAR"],["expected VARCHAR"],["actual VARCHAR"],["message VARCHAR"]]`},
		{fmt.Sprintf(columns, "results.jsonl") + " where column_name in ('version', 'year', 'errors', 'outputs', 'figures')",
			`[["version BIGINT"],["year BIGINT"],["outputs VARCHAR[]"],["errors BIGINT"],["figures MAP(VARCHAR, DOUBLE)"]]`},
		{"select count(*), sum(errors), sum(warnings), sum(len(findings)) from 'results.jsonl'", fmt.Sprintf("[[%d,%d,%d,%d]]", results, errors, warnings, findings)},
		{"select count(*), count(*) filter (severity = 'error') from 'findings.csv'", fmt.Sprintf("[[%d,%d]]", findings, errors)},
		{"select count(distinct file) from 'figures.csv' where counted", fmt.Sprintf("[[%d]]", s.Counted)},
		{"select sum(value) from 'figures.csv' where counted and path = 'applications.new_received.total'", "[[" + sum("applications.new_received.total") + "]]"},
		{"select round(sum(value), 4) from 'figures.csv' where counted and path = 'disclosure.fees.amount'", "[[" + sum("disclosure.fees.amount") + "]]"},
		{"select sum(r.figures['applications.new_received.total']) from 'results.jsonl' r join (select distinct file from 'figures.csv' where counted) f on f.file = r.input",
			"[[" + sum("applications.new_received.total") + "]]"},
	}
	var queries []string
	for _, c := range cases {
		queries = append(queries, c.query)
	}
	for i, rows := range duckDB(t, out, queries...) {
		if d := cmp.Diff(cases[i].want, rows); d != "" {
			t.Errorf("%s:%s", cases[i].query, d)
		}
	}
}
