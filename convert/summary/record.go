// Package summary tells what became of many submissions: as a workbook, as a page
// for a browser, and as lines of JSON, one a submission, of which the other two are
// made.
//
// The lines ([Record]) are all there is to know: a batch writes them as it goes
// along, takes up from them what it need not do again, and the lines of several
// batches joined are the lines of one. They are read one by one, so that memory
// does not grow with their number.
package summary

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// Status is what became of a submission.
type Status string

// The statuses.
const (
	Good   Status = "good"     // nothing is wrong with it
	Warned Status = "warnings" // a person must look at it
	Wrong  Status = "errors"   // it must go back
	Failed Status = "failed"   // it could not be read, or its outputs not be written
)

// Record is what became of one submission: a line of results.jsonl.
type Record struct {
	Version      int            `json:"version"` // finding.JSONVersion
	Input        string         `json:"input"`   // slash path under what all inputs have in common
	Hash         string         `json:"hash,omitempty"`
	Status       Status         `json:"status"`
	Organization string         `json:"organization,omitempty"`
	Year         int            `json:"year,omitempty"`
	Form         string         `json:"form,omitempty"`
	Part         string         `json:"part,omitempty"`     // which of several reports in the file
	Parts        int            `json:"parts,omitempty"`    // how many those are; each has a record, one behind the other
	Outputs      []string       `json:"outputs"`            // slash paths under the folder of the results
	Written      []files.Digest `json:"written,omitempty"`  // of each output
	Unmarked     string         `json:"unmarked,omitempty"` // why there is no marked copy among them although there should be
	Error        string         `json:"error,omitempty"`
	ErrorCode    message.Code   `json:"errorCode,omitempty"`
	Errors       int            `json:"errors"`
	Warnings     int            `json:"warnings"`
	Findings     []finding.JSON `json:"findings"`
	Figures      report.Figures `json:"figures,omitzero"`  // as the submission gives them, by canonical path
	Sum          bool           `json:"sum,omitempty"`     // added up from other reports
	Marked       string         `json:"marked,omitempty"`  // the input that this is a marked copy of, changed since
	Modified     time.Time      `json:"modified,omitzero"` // when the file was last changed
	Run          string         `json:"run"`               // the same for runs with the same program and options
	Milliseconds int64          `json:"milliseconds"`
}

// Line is the record as a line of JSON, with its line feed.
func (r *Record) Line() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(r); err != nil {
		panic(err) // strings and numbers always encode
	}
	return b.Bytes()
}

// Sent is what the record says when it is to be said who sent what.
func (r *Record) Sent() organization.Sent {
	x := organization.Sent{File: r.Input}
	if r.Status == Failed {
		x = organization.Unread(r.Input, r.ErrorCode)
	}
	x.Part, x.Organization, x.Year, x.Errors, x.Sum, x.Marked, x.Hash, x.Time = r.Part, r.Organization, r.Year, r.Errors, r.Sum, r.Marked, r.Hash, r.Modified
	return x
}

// NoForm reports whether the submission failed because it is none: it could be read, and
// there is no table of the form in it, as in a letter or a list of telephones.
func (r *Record) NoForm() bool { return r.Status == Failed && r.ErrorCode == message.NoTables }

// Whose names whose report it is, as far as that is known: one of several in a file has
// at least a name there.
func (r *Record) Whose() string { return cmp.Or(r.Organization, r.Part) }

// Problem is the first thing that must be done about the submission, or "".
func (r *Record) Problem() string {
	if r.Error != "" {
		return r.Error
	}
	g, ok := r.first()
	if !ok {
		return ""
	}
	return strings.TrimSuffix(g.Cause.Message+"\n"+r.Unmarked, "\n")
}

// first is the group of findings that must be seen to first.
func (r *Record) first() (finding.Group[finding.JSON], bool) {
	groups := finding.Groups(r.Findings)
	for _, severity := range []finding.Severity{finding.Error, finding.Warning} {
		if i := slices.IndexFunc(groups, func(g finding.Group[finding.JSON]) bool { return g.Worst() == severity }); i >= 0 {
			return groups[i], true
		}
	}
	return finding.Group[finding.JSON]{}, false
}

// Output is the output with the given suffix, or "". A marked copy is none but with
// its own: 年报.annotated.docx is not the .docx.
func (r *Record) Output(suffix string) string {
	for _, o := range r.Outputs {
		if strings.HasSuffix(o, suffix) && !strings.HasSuffix(o, ".annotated"+suffix) {
			return o
		}
	}
	return ""
}

// errStopped ends a reading that its caller broke off.
var errStopped = errors.New("stopped")

// Lines reads a file of records line by line.
func Lines(name string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		err := eachLine(name, func(l Line) error {
			if !yield(l, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && err != errStopped {
			yield(Line{}, err)
		}
	}
}

// Line is a line of a file of records. Its text is valid until the next. Of a line that
// is longer than any record, and of one without a line feed, which was not written to
// its end, there is none.
type Line struct {
	Number int // from 1
	Offset int64
	Length int64
	Text   []byte
}

// longestLine is more bytes than a record has: the text of the longest findings.
const longestLine = 32 << 20

func eachLine(name string, visit func(Line) error) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<16)
	var long []byte
	l := Line{Number: 1}
	for {
		part, err := r.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
			return err
		}
		l.Length += int64(len(part))
		switch {
		case err == nil && len(long) == 0:
			l.Text = part
		case l.Length <= longestLine:
			long = append(long, part...)
			l.Text = long
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF || l.Length > longestLine {
			l.Text = nil
		}
		if l.Length > 0 {
			if err := visit(l); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		l = Line{Number: l.Number + 1, Offset: l.Offset + l.Length}
		long = long[:0]
	}
}

// Records reads the records of a file.
func Records(name string) iter.Seq2[*Record, error] {
	return read(name, func(line []byte) (*Record, error) {
		r := new(Record)
		return r, json.Unmarshal(line, r)
	})
}

// Briefs reads the records of a file without their figures, which takes half the
// time.
func Briefs(name string) iter.Seq2[*Record, error] {
	return read(name, func(line []byte) (*Record, error) {
		var b struct {
			Record
			Figures struct{} `json:"figures"` // in the place of the record's
		}
		err := json.Unmarshal(line, &b)
		return &b.Record, err
	})
}

func read(name string, decode func([]byte) (*Record, error)) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		for l, err := range Lines(name) {
			var r *Record
			if err == nil {
				if r, err = decode(l.Text); err != nil {
					err = fmt.Errorf("%s:%d: %w", name, l.Number, err)
				}
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}
