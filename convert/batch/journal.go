package batch

import (
	"bufio"
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/summary"
)

// place is where the record of an input stands: in the journal or, as an earlier
// run left it, in the results. A zero length is no place.
type place struct {
	offset  int64
	length  int32
	journal bool
}

// known is what an earlier run knew of an input.
type known struct {
	hash    [32]byte
	holds   bool // for the options and program of this run, and its outputs are there
	outputs []string
	place   place
}

// journal is the file that records are written to as they come. It is removed when
// all are in the results: while it is there, the batch is not finished.
type journal struct {
	name string
	file *os.File
	size int64
}

// write appends a record, at once and whole, so that no end of the program loses it.
func (j *journal) write(r *summary.Record) (place, error) {
	line := r.Line()
	if _, err := j.file.Write(line); err != nil {
		return place{}, files.Unwritable(j.name, err)
	}
	p := place{j.size, int32(len(line)), true}
	j.size += int64(len(line))
	return p, nil
}

func (j *journal) close() error { return j.file.Close() }

func (b *batch) results() string { return filepath.Join(b.Out, summary.Results(b.part)) }

// openRecords reads what earlier runs recorded and opens the journal, to go on with
// it or to start afresh.
func (b *batch) openRecords() error {
	b.known = map[string]known{}
	name := filepath.Join(b.Out, summary.Journal(b.part))
	if _, err := b.recall(b.results(), false); err != nil {
		return err
	}
	size, err := b.recall(name, true)
	if err != nil {
		return err
	}
	if !b.Resume {
		size = 0
		os.Remove(name) // if it is there
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return files.Unwritable(name, err)
	}
	if err := f.Truncate(size); err != nil { // a line that was not written to its end goes
		return files.Unwritable(name, err)
	}
	if _, err := f.Seek(size, io.SeekStart); err != nil {
		return files.Unwritable(name, err)
	}
	b.journal = &journal{name, f, size}
	return nil
}

// recall reads the records of an earlier run. It returns where the last whole one
// ends.
func (b *batch) recall(name string, isJournal bool) (int64, error) {
	var end int64
	for line, err := range summary.Lines(name) {
		if errors.Is(err, fs.ErrNotExist) {
			return 0, nil
		}
		if err != nil {
			return 0, &message.Error{Message: message.New("batch.unreadable", name, files.Cause(err)), Err: err}
		}
		var r struct { // of a record, what is asked for here
			Input, Hash, Run string
			ErrorCode        message.Code
			Outputs          []string
		}
		end = line.Offset + int64(len(line.Text))
		if json.Unmarshal(line.Text, &r) != nil {
			continue // not ours, or damaged: done again
		}
		i, ok := slices.BinarySearchFunc(b.inputs, r.Input, func(in input, rel string) int { return cmp.Compare(in.rel, rel) })
		if !ok {
			continue // no input any more
		}
		k := known{outputs: r.Outputs, place: place{line.Offset, int32(len(line.Text)), isJournal}}
		hash, err := hex.DecodeString(strings.TrimPrefix(r.Hash, "sha256:"))
		if err == nil && len(hash) == len(k.hash) {
			k.hash = [32]byte(hash)
			k.holds = b.Resume && r.Run == b.run && !r.ErrorCode.Transient() && b.there(b.inputs[i].stem, r.Outputs)
		}
		b.known[r.Input] = k
	}
	return end, nil
}

// there reports whether the outputs of an earlier run are where this one would
// write them.
func (b *batch) there(stem string, outputs []string) bool {
	for _, o := range outputs {
		if !strings.HasPrefix(o, stem+".") {
			return false
		}
		if info, err := os.Stat(filepath.Join(b.Out, filepath.FromSlash(o))); err != nil || info.Size() == 0 {
			return false
		}
	}
	return true
}

// finish writes the results, in order of the inputs, and the summary. A batch that
// was stopped keeps what earlier runs knew of the inputs that it did not come to.
func (b *batch) finish(stopped error) (*Result, error) {
	for i, in := range b.inputs {
		if k := b.known[in.rel]; k.holds && b.places[i].length == 0 {
			b.places[i] = k.place
		}
	}
	if err := b.writeResults(); err != nil {
		return nil, err
	}
	if stopped == nil {
		if err := os.Remove(b.journal.name); err != nil {
			return nil, files.Unwritable(b.journal.name, err)
		}
	}
	if err := os.RemoveAll(b.Temp); err != nil {
		return nil, files.Unwritable(b.Temp, err)
	}
	s := summing{out: b.Out, part: b.part, planned: len(b.inputs), complete: stopped == nil, others: b.others, roster: b.Roster, lang: b.Lang}
	result, err := s.summarize()
	if result != nil {
		result.Skipped = b.skipped
	}
	return result, err
}

// writeResults gathers the records from the journal and from the earlier results.
func (b *batch) writeResults() (err error) {
	journal, err := os.Open(b.journal.name)
	if err != nil {
		return err
	}
	defer journal.Close()
	earlier, err := os.Open(b.results())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	temp, err := os.Create(filepath.Join(b.Temp, summary.Results("")))
	if err != nil {
		return files.Unwritable(b.results(), err)
	}
	w := bufio.NewWriterSize(temp, 1<<16)
	var line []byte
	for i, p := range b.places {
		if p.length == 0 {
			continue
		}
		from := earlier
		if p.journal {
			from = journal
		}
		line = slices.Grow(line[:0], int(p.length))[:p.length]
		if _, err = from.ReadAt(line, p.offset); err != nil {
			err = fmt.Errorf("record of %s: %w", b.inputs[i].rel, err)
			break
		}
		if _, err = w.Write(line); err != nil {
			break
		}
	}
	if earlier != nil {
		earlier.Close()
	}
	if err = errors.Join(err, w.Flush(), temp.Close()); err == nil && summary.Foreign(b.results()) {
		err = message.NewError("file.foreign", b.results())
	}
	if err == nil {
		err = os.Rename(temp.Name(), b.results())
	}
	if err != nil {
		return files.Unwritable(b.results(), err)
	}
	return nil
}
