package batch

import (
	"io"
	"os"
	"path/filepath"

	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/summary"
)

// The tables that [Export] writes.
const (
	figuresTable  = "figures.csv"
	findingsTable = "findings.csv"
)

// Export writes the records that batches left in the folders as CSV tables into the
// folder dir: figures.csv and findings.csv. It returns their names and, as [Merge]
// does, what is missing. It needs nothing but the folders; of one with shards it takes
// those. What a file counts as is what a merged summary would say.
func Export(dir string, folders []string) (names []string, missing []message.Message, err error) {
	m, err := gather(dir, folders)
	if err != nil {
		return nil, nil, err
	}
	totals, err := m.totals(m.roster(folders))
	if err != nil {
		return nil, nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, nil, files.Unwritable(dir, err)
	}
	names = []string{filepath.Join(dir, figuresTable), filepath.Join(dir, findingsTable)}
	err = summary.WriteFile(names[0], func(figures io.Writer) error {
		err := summary.WriteFile(names[1], func(findings io.Writer) error { return m.tables(figures, findings, totals) })
		if err != nil {
			return files.Unwritable(names[1], err)
		}
		return nil
	})
	if err != nil {
		return nil, nil, files.Unwritable(names[0], err)
	}
	return names, m.missing, nil
}

// roster is the one that the first of the folders keeps that keeps one.
func (m *merge) roster(folders []string) *organization.Roster {
	for _, dir := range folders {
		if r := KeptRoster(dir); r != nil {
			return r
		}
	}
	return nil
}

// totals are those of the summary of the records.
func (m *merge) totals(roster *organization.Roster) (*summary.Totals, error) {
	var sent []organization.Sent
	err := m.each(func(_ mergedRecord, _ []byte, r *summary.Record) error {
		sent = append(sent, r.Sent())
		return nil
	})
	if err != nil {
		return nil, err
	}
	sent = append(sent, m.others()...)
	t := summary.NewTotals(sent, organization.Senders(sent, roster, 0))
	err = m.each(func(_ mergedRecord, _ []byte, r *summary.Record) error {
		t.Add(r)
		return nil
	})
	return t, err
}

func (m *merge) tables(figures, findings io.Writer, totals *summary.Totals) error {
	t, err := summary.NewTables(figures, findings)
	if err != nil {
		return err
	}
	i := 0
	err = m.each(func(_ mergedRecord, _ []byte, r *summary.Record) error {
		t.Add(r, totals.Choice.Files[i].Kind, totals.Counts(i))
		i++
		return nil
	})
	if err != nil {
		return err
	}
	return t.Flush()
}
