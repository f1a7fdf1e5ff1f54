package summary

import (
	"fmt"
	"regexp"
	"strconv"
)

// The files that a summary consists of. The part of a shard stands before the
// extension, so that shards may share a folder.
const (
	resultsName  = "results%s.jsonl"
	workbookName = "summary%s.xlsx"
	pageName     = "summary%s.html"
	seasonName   = "summary%s.json"
	journalName  = "results%s.jsonl.partial"
)

// Part is what the names of a shard's files have in them: "" for one that is all.
func Part(k, n int) string {
	if n <= 1 {
		return ""
	}
	return fmt.Sprintf("-%d-of-%d", k, n)
}

// Results is the name of the file of records of a part.
func Results(part string) string { return fmt.Sprintf(resultsName, part) }

// Journal is the name of the file that records are written to as they come, until
// all are there.
func Journal(part string) string { return fmt.Sprintf(journalName, part) }

// Workbook is the name of the workbook.
func Workbook(part string) string { return fmt.Sprintf(workbookName, part) }

// Page is the name of the page.
func Page(part string) string { return fmt.Sprintf(pageName, part) }

// JSON is the name of the file that says to programs who sent what.
func JSON(part string) string { return fmt.Sprintf(seasonName, part) }

// Names are the names of all files of a part.
func Names(part string) []string {
	return []string{Results(part), Workbook(part), Page(part), JSON(part), Journal(part)}
}

var anyName = regexp.MustCompile(`^(summary(-\d+-of-\d+)?\.(xlsx|html|json)|results(-\d+-of-\d+)?\.jsonl(\.partial)?|(figures|findings)\.csv)$`)

var anyResults = regexp.MustCompile(`^results(?:-(\d+)-of-(\d+))?\.jsonl(\.partial)?$`)

// ParseResults tells of a file's name whether it is one of records, of which shard, 0
// of 0 for one that is all, and whether the batch was finished.
func ParseResults(name string) (k, n int, finished, ok bool) {
	m := anyResults.FindStringSubmatch(name)
	if m == nil {
		return 0, 0, false, false
	}
	k, _ = strconv.Atoi(m[1]) // "" leaves 0
	n, _ = strconv.Atoi(m[2])
	return k, n, m[3] == "", true
}

// Is reports whether a file in the folder of the outputs is part of a summary.
func Is(name string) bool { return anyName.MatchString(name) }
