package batch

import (
	"os"
	"path/filepath"

	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/summary"
)

// The tables that [Export] writes.
const (
	figuresTable  = "figures.csv"
	findingsTable = "findings.csv"
)

// Export writes the records that batches left in the folders as CSV tables into the
// folder dir: figures.csv and findings.csv. It returns their names. It needs nothing
// but the records; of a folder with shards it takes those, as [Merge] does.
func Export(dir string, folders []string) (names []string, err error) {
	m := merge{out: dir, shards: map[int]map[int]bool{}}
	for _, folder := range folders {
		if err := m.folder(folder); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, files.Unwritable(dir, err)
	}
	names = []string{filepath.Join(dir, figuresTable), filepath.Join(dir, findingsTable)}
	var open []*os.File
	defer func() {
		for _, f := range open {
			f.Close()
			files.Remove(f.Name()) // fails for those that were renamed
		}
	}()
	for _, name := range names {
		if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
			return nil, message.NewError("file.foreign", name)
		}
		f, err := files.CreateTemp(dir)
		if err != nil {
			return nil, files.Unwritable(name, err)
		}
		open = append(open, f)
	}
	t, err := summary.NewTables(open[0], open[1])
	if err != nil {
		return nil, files.Unwritable(names[0], err)
	}
	for _, s := range m.sources {
		for r, err := range summary.Records(s.name) {
			if err != nil {
				return nil, unreadableRecords(s.name, err)
			}
			t.Add(r)
		}
	}
	if err := t.Flush(); err != nil {
		return nil, files.Unwritable(names[0], err)
	}
	for i, f := range open {
		err := f.Close()
		if err == nil {
			err = files.Rename(f.Name(), names[i])
		}
		if err != nil {
			return nil, files.Unwritable(names[i], err)
		}
	}
	return names, nil
}
