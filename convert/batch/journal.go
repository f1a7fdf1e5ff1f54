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
	"sync"

	"nianbao/convert"
	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/summary"
)

// place is where the record of an input stands, or those of the reports in it: in the
// journal or, as an earlier run left it, in the results. A zero length is no place.
type place struct {
	offset  int64
	length  int64
	journal bool
}

// known is what an earlier run knew of an input.
type known struct {
	hash    [32]byte
	holds   bool // for the options and program of this run, and its outputs are there
	outputs []string
	written []files.Digest // of the outputs
	ended   int            // how many runs in a row ended while it was in hand
	place   place

	parts, found int // how many records there should be, and are
}

// add adds the next record of an input to those before, if it is one of the same file's
// as it was written at once; it reports whether it is.
func (k *known) add(next known) bool {
	end := place{k.place.offset + k.place.length, next.place.length, k.place.journal}
	if k.found == 0 || k.found == k.parts || next.parts != k.parts || next.place != end {
		return false
	}
	k.holds = k.holds && next.holds && k.hash == next.hash
	k.outputs, k.written = append(k.outputs, next.outputs...), append(k.written, next.written...)
	k.place.length += next.place.length
	k.found++
	return true
}

// journal is the file that records are written to as they come, and the name of each
// input when it is begun. It is removed when all are in the results: while it is there,
// the batch is not finished.
type journal struct {
	mu     sync.Mutex
	name   string
	file   *os.File
	size   int64
	inHand map[string]place // where it says so, by input
}

// inHand begins the end of a line of a journal that says that an input is in hand, and
// leftOff takes its place when it was let go of before there was a record.
const (
	inHand  = `,"begun":true }` + "\n"
	leftOff = `,"begun":false}` + "\n"
)

// begin names an input that is taken in hand: if the program ends before its record is
// written, it may be what the program ended of. So it is tried again after all others
// and alone and, when the program ends of it once more, left out. That it is on the disk is no matter,
// since a machine that goes down does so of another cause.
func (j *journal) begin(input string) error {
	name, err := json.Marshal(input)
	if err != nil {
		return err
	}
	p, err := j.append(fmt.Appendf(nil, `{"version":%d,"input":%s%s`, finding.JSONVersion, name, inHand))
	j.mu.Lock()
	defer j.mu.Unlock()
	j.inHand[input] = p
	return err
}

// write appends the records of an input, whole and on the disk, so that no end of the
// program loses them.
func (j *journal) write(records []*summary.Record) (place, error) {
	var lines []byte
	for _, r := range records {
		lines = append(lines, r.Line()...)
	}
	p, err := j.append(lines)
	if err == nil {
		j.mu.Lock()
		delete(j.inHand, records[0].Input)
		j.mu.Unlock()
		if err = j.file.Sync(); err != nil {
			err = files.Unwritable(j.name, err)
		}
	}
	return p, err
}

func (j *journal) append(line []byte) (place, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := j.file.Write(line); err != nil {
		return place{}, files.Unwritable(j.name, err)
	}
	p := place{j.size, int64(len(line)), true}
	j.size += int64(len(line))
	return p, nil
}

// close closes the journal. What is in hand still is so because the batch could not go
// on, and no record could be written. The disk may be full, but these lines are there.
func (j *journal) close() error {
	var err error
	for _, p := range j.inHand {
		_, failed := j.file.WriteAt([]byte(leftOff), p.offset+p.length-int64(len(leftOff)))
		err = errors.Join(err, failed)
	}
	return errors.Join(err, j.file.Close())
}

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
		files.Remove(name) // if it is there
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
	b.journal = &journal{name: name, file: f, size: size, inHand: map[string]place{}}
	return nil
}

// newer is the error of a record that a later program wrote in a form that this one
// does not know: to go on with it might lose what it says.
func newer(name string, record []byte) error {
	var r struct{ Version int }
	if json.Unmarshal(record, &r) == nil && r.Version > finding.JSONVersion {
		return message.NewError("batch.newer", name, r.Version, finding.JSONVersion)
	}
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
			Part             string
			Parts            int
			ErrorCode        message.Code
			Outputs          []string
			Written          []files.Digest
			Begun            *bool
		}
		if len(line.Text) > 0 {
			end = line.Offset + line.Length
		}
		if err := newer(name, line.Text); err != nil && b.Resume {
			return 0, err
		}
		if json.Unmarshal(line.Text, &r) != nil {
			continue // not ours, damaged or cut: done again
		}
		i, ok := slices.BinarySearchFunc(b.inputs, r.Input, func(in input, rel string) int { return cmp.Compare(in.rel, rel) })
		if !ok {
			continue // no input any more
		}
		if r.Begun != nil {
			k := b.known[r.Input]
			if k.holds, k.found = false, 0; *r.Begun && b.Resume {
				k.ended++
			} else {
				k.ended = 0
			}
			b.known[r.Input] = k
			continue
		}
		k := known{outputs: r.Outputs, written: r.Written, place: place{line.Offset, int64(len(line.Text)), isJournal}, parts: max(1, r.Parts), found: 1}
		if b.Resume && r.ErrorCode == message.Ended {
			k.ended = 1
		}
		hash, err := hex.DecodeString(strings.TrimPrefix(r.Hash, "sha256:"))
		if err == nil && len(hash) == len(k.hash) {
			k.hash = [32]byte(hash)
			k.holds = b.Resume && r.Run == b.run && !r.ErrorCode.Transient() && b.inputs[i].owns(r.Part, r.Outputs)
		}
		if before := b.known[r.Input]; before.add(k) {
			k = before
		}
		b.known[r.Input] = k
	}
	return end, nil
}

// owns reports whether the outputs of an earlier run, of the part or of all, are where
// this one would write them.
func (in input) owns(part string, outputs []string) bool {
	stem := in.partStem(part)
	return !slices.ContainsFunc(outputs, func(o string) bool { return !strings.HasPrefix(o, in.stem+".") && !strings.HasPrefix(o, stem+".") })
}

// partStem is the stem of the outputs of a part.
func (in input) partStem(part string) string {
	return filepath.ToSlash(convert.PartStem(filepath.FromSlash(in.stem), part, in.apart))
}

// there reports whether the outputs of an earlier run are as that run wrote them, those
// of all reports in the file.
func (b *batch) there(k known) bool {
	if len(k.written) != len(k.outputs) || k.found != k.parts {
		return false
	}
	for i, o := range k.outputs {
		if !k.written[i].Holds(filepath.Join(b.Out, filepath.FromSlash(o))) {
			return false
		}
	}
	return true
}

// finish writes the results, in order of the inputs, and the summary. A batch that
// was stopped keeps what earlier runs knew of the inputs that it did not come to.
func (b *batch) finish(stopped error) (*Result, error) {
	for i, in := range b.inputs {
		if k := b.known[in.rel]; k.holds && k.found == k.parts && b.places[i].length == 0 {
			b.places[i] = k.place
		}
	}
	if err := b.writeResults(); err != nil {
		return nil, err
	}
	if stopped == nil {
		files.Remove(b.journal.name) // if it stays, the records are there twice, no more
	}
	files.RemoveAll(b.Temp)
	s := summing{out: b.Out, part: b.part, planned: len(b.inputs), complete: stopped == nil, others: b.others, roster: b.Roster, lang: b.Lang}
	result, err := s.summarize()
	if result != nil {
		result.Skipped = b.skipped
	}
	return result, err
}

// writeResults gathers the records from the journal and from the earlier results.
func (b *batch) writeResults() (err error) {
	journal, err := files.Open(b.journal.name)
	if err != nil {
		return err
	}
	defer journal.Close()
	earlier, err := files.Open(b.results())
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
	if err = errors.Join(err, w.Flush(), temp.Sync(), temp.Close()); err == nil && summary.Foreign(b.results()) {
		err = message.NewError("file.foreign", b.results())
	}
	if err == nil {
		err = files.Rename(temp.Name(), b.results())
	}
	if err != nil {
		return files.Unwritable(b.results(), err)
	}
	return nil
}
