package batch

import (
	"cmp"
	"encoding/json"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"nianbao/convert/archive"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/summary"
)

// Merge joins the records that batches or their shards left in the folders, and
// writes one summary of them into the folder out. The outputs stay where they are.
// It tells what is missing: shards that are not there, or were not finished.
func Merge(out string, folders []string, roster *organization.Roster, lang message.Lang) (*Result, []message.Message, error) {
	m, err := gather(out, folders)
	if err != nil {
		return nil, nil, err
	}
	name := filepath.Join(out, summary.Results(""))
	if len(m.sources) > 1 && slices.ContainsFunc(m.sources, func(s mergeSource) bool { return files.Same(s.name, name) }) {
		return nil, nil, message.NewError("merge.overwrites", name)
	}
	err = os.MkdirAll(out, 0o777)
	if err == nil {
		err = summary.WriteFile(name, m.write)
	}
	if err != nil {
		return nil, nil, files.Unwritable(name, err)
	}
	roster, kept, err := settleRoster(out, roster)
	if err != nil {
		return nil, nil, err
	}
	s := summing{out: out, planned: m.planned, others: m.others(), complete: len(m.missing) == 0, roster: roster, lang: lang}
	result, err := s.summarize()
	if result != nil {
		result.RosterKept = kept
	}
	return result, m.missing, err
}

// merge is a merge while it runs.
type merge struct {
	out     string
	sources []mergeSource
	records []mergedRecord
	planned int                  // files that they are of
	shards  map[int]map[int]bool // N to the K that are there
	missing []message.Message
}

// mergeSource is a file of records.
type mergeSource struct {
	name   string
	prefix string // slash path from the merged summary to the outputs' folder
}

// mergedRecord is where a record stands.
type mergedRecord struct {
	input  string
	source int
	offset int64
	length int
}

// gather finds the records in the folders and what is missing of them, in the order in
// which a summary in the folder out has them.
func gather(out string, folders []string) (*merge, error) {
	m := &merge{out: out, shards: map[int]map[int]bool{}}
	for _, dir := range folders {
		if err := m.folder(dir); err != nil {
			return nil, err
		}
	}
	m.checkShards()
	slices.SortFunc(m.records, func(a, b mergedRecord) int {
		return cmp.Or(cmp.Compare(a.input, b.input), cmp.Compare(a.source, b.source), cmp.Compare(a.offset, b.offset))
	})
	return m, nil
}

// folder takes the records in a folder: those of its shards if there are any, for
// the others are then an earlier merge's.
func (m *merge) folder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return &message.Error{Message: message.New("merge.folder", dir, files.Cause(err)), Err: err}
	}
	var whole bool
	var shards []string
	of := 0 // how many shards these are of
	for _, e := range entries {
		k, n, finished, ok := summary.ParseResults(e.Name())
		switch {
		case !ok:
		case !finished:
			m.missing = append(m.missing, message.New("merge.unfinished", filepath.Join(dir, e.Name())))
		case n == 0:
			whole = true
		case of != 0 && n != of:
			return message.NewError("merge.mixed", dir, of, n)
		default:
			of = n
			shards = append(shards, e.Name())
			if m.shards[n] == nil {
				m.shards[n] = map[int]bool{}
			}
			m.shards[n][k] = true
		}
	}
	if len(shards) == 0 && whole {
		shards = []string{summary.Results("")}
	}
	if len(shards) == 0 {
		return message.NewError("merge.none", dir)
	}
	for _, name := range shards {
		if err := m.file(dir, filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

func (m *merge) file(dir, name string) error {
	for _, s := range m.sources {
		if files.Same(s.name, name) {
			return nil // named twice
		}
	}
	prefix, err := relative(m.out, dir)
	if err != nil {
		return err
	}
	m.sources = append(m.sources, mergeSource{name, prefix})
	partsLeft := 0 // of the file in hand
	for line, err := range summary.Lines(name) {
		if err != nil {
			return unreadableRecords(name, err)
		}
		if err := newer(name, line.Text); err != nil {
			return err
		}
		var r summary.Record
		if json.Unmarshal(line.Text, &r) != nil || r.Input == "" {
			m.missing = append(m.missing, message.New("merge.cut", name, line.Number))
			continue
		}
		if partsLeft--; partsLeft < 0 {
			m.planned++
			partsLeft = max(r.Parts, 1) - 1
		}
		m.records = append(m.records, mergedRecord{r.Input, len(m.sources) - 1, line.Offset, int(line.Length)})
	}
	return nil
}

// others are the files that are no submissions, as the summaries beside the records
// name them. Those with a record of their own are not among them.
func (m *merge) others() []organization.Sent {
	var all []organization.Sent
	for _, source := range m.sources {
		k, n, _, _ := summary.ParseResults(filepath.Base(source.name))
		s, err := summary.ReadSeason(filepath.Join(filepath.Dir(source.name), summary.JSON(summary.Part(k, n))))
		if err != nil || s == nil {
			continue // of an earlier program, or damaged: the records are what counts
		}
		for _, f := range s.Files {
			switch f.Kind {
			case organization.OtherFormat, organization.Attachment, organization.OwnOutput:
				if _, recorded := slices.BinarySearchFunc(m.records, f.File, func(r mergedRecord, file string) int { return cmp.Compare(r.input, file) }); !recorded {
					all = append(all, organization.Sent{File: f.File, Format: strings.TrimPrefix(path.Ext(f.File), "."), Output: f.Kind == organization.OwnOutput, Packed: f.Kind != organization.OwnOutput && archive.Named(f.File)})
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b organization.Sent) int { return cmp.Compare(a.File, b.File) })
	return slices.CompactFunc(all, func(a, b organization.Sent) bool { return a.File == b.File })
}

// relative is the slash path from one folder to another.
func relative(from, to string) (string, error) {
	a, err := filepath.Abs(from)
	if err != nil {
		return "", err
	}
	b, err := filepath.Abs(to)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(a, b)
	if err != nil {
		rel = b // another volume
	}
	return filepath.ToSlash(rel), nil
}

// checkShards names the shards that are missing.
func (m *merge) checkShards() {
	for n, there := range m.shards {
		for k := range n {
			if !there[k] {
				m.missing = append(m.missing, message.New("merge.shard", k, n))
			}
		}
	}
	slices.SortStableFunc(m.missing, func(a, b message.Message) int { return cmp.Compare(a.In(message.English), b.In(message.English)) })
}

// inFolder are the outputs of a record as seen from the merged summary. Records come from
// elsewhere, and the summary links to outputs: what is no path under the folder of the
// records is none of theirs.
func inFolder(prefix string, r *summary.Record) (outputs []string, written []files.Digest) {
	outputs = []string{}
	for i, o := range r.Outputs {
		if !filepath.IsLocal(o) || strings.ContainsAny(o, `\:`) {
			continue
		}
		joined := path.Join(prefix, o)
		if strings.HasPrefix(prefix, "//") { // a share, which Join takes for a folder
			joined = "/" + joined
		}
		outputs = append(outputs, joined)
		if len(r.Written) == len(r.Outputs) {
			written = append(written, r.Written[i])
		}
	}
	return outputs, written
}

// each visits the records in order. The line is valid until the next.
func (m *merge) each(visit func(at mergedRecord, line []byte, r *summary.Record) error) error {
	var opened []*os.File
	for _, s := range m.sources {
		f, err := files.Open(s.name) // a file, for it has been read
		if err != nil {
			return unreadableRecords(s.name, err)
		}
		defer f.Close()
		opened = append(opened, f)
	}
	var line []byte
	for _, at := range m.records {
		line = slices.Grow(line[:0], at.length)[:at.length]
		_, err := opened[at.source].ReadAt(line, at.offset)
		r := new(summary.Record)
		if err == nil {
			err = json.Unmarshal(line, r)
		}
		if err != nil {
			return unreadableRecords(m.sources[at.source].name, err)
		}
		if err := visit(at, line, r); err != nil {
			return err
		}
	}
	return nil
}

// write writes the records in order, their outputs as seen from the merged summary.
func (m *merge) write(w io.Writer) error {
	return m.each(func(at mergedRecord, line []byte, r *summary.Record) error {
		if outputs, written := inFolder(m.sources[at.source].prefix, r); !slices.Equal(outputs, r.Outputs) {
			r.Outputs, r.Written = outputs, written
			line = r.Line()
		}
		_, err := w.Write(line)
		return err
	})
}
