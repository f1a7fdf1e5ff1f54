package batch

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"

	"nianbao/convert"
	"nianbao/convert/check"
	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
	"nianbao/convert/rollup"
	"nianbao/convert/xlsx"
)

// RollupOptions says how to add up reports. Of the FileOptions, those that are about
// reading count; with a Year, reports of other years are refused.
type RollupOptions struct {
	convert.FileOptions
	Parent        string               // the organization that the sum is the report of, or ""
	Roster        *organization.Roster // who should have reported, or nil
	RosterFile    string               // which it was read from: no submission, wherever it lies
	IncludeErrors bool                 // reports with error-level findings, too
}

// RollupResult is what became of a sum.
type RollupResult struct {
	Report   *report.Report
	Parts    int               // reports that were added up
	Wrong    []*convert.Result // with error-level findings: left out, unless they were to be included; without their reports
	Failed   []FailedInput     // could not be read
	Sums     []string          // of the files, those that are sums themselves
	Findings []finding.Finding // on who sent what
}

// FailedInput is a submission that could not be read.
type FailedInput struct {
	File string
	Err  error
}

// Rollup adds up the reports that the paths name, files and whole folders, and
// writes the sum as a filled form to the named file, which may be there already only
// if it is a sum without texts. Reports on different forms or for different years are
// an error, and nothing is then written.
func Rollup(ctx context.Context, name string, paths []string, o RollupOptions) (*RollupResult, error) {
	inputs, passedOver, err := findInputs(paths, "", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := mayReplaceSum(ctx, name, o.FileOptions); err != nil {
		return nil, err
	}
	inputs = without(without(inputs, name), o.RosterFile)
	sum := rollup.Sum{Year: o.Year}
	var result RollupResult
	var senders check.Children
	err = checkInputs(ctx, inputs, o.FileOptions, func(in input, results []*convert.Result, err error) error {
		if err != nil {
			result.Failed = append(result.Failed, FailedInput{in.rel, err})
			return nil
		}
		for _, r := range results {
			if r.Report.Sum {
				result.Sums = append(result.Sums, in.rel)
			}
			senders.Add(in.rel, r.Report)
			if r.Errors() > 0 {
				result.Wrong = append(result.Wrong, &convert.Result{Name: in.rel, Findings: r.Findings})
				if !o.IncludeErrors {
					continue
				}
			}
			if err := sum.Add(in.rel, r.Report); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	result.Findings = senders.Submissions(o.Roster, sum.Year)
	result.Parts = len(sum.Parts)
	if result.Report = sum.Report(o.Parent); result.Report == nil {
		return &result, message.NewError("rollup.none", len(inputs), passedOver)
	}
	var parts []xlsx.Contribution
	for _, p := range sum.Parts {
		parts = append(parts, xlsx.Contribution(p))
	}
	var b bytes.Buffer
	if err := xlsx.WriteRollup(&b, result.Report, parts); err != nil {
		return nil, err
	}
	return &result, files.Save("", "", []files.File{{Name: name, Content: b.Bytes()}})
}

// mayReplaceSum returns an error if the file is there and is not a sum into which
// nobody has written a text: a submission, or the work of who goes on with the sum.
func mayReplaceSum(ctx context.Context, name string, o convert.FileOptions) error {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	old, err := convert.Check(ctx, name, o)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil || !old[0].Report.Sum:
		return message.NewError("rollup.exists", name)
	}
	for _, s := range old[0].Report.Sections {
		if len(s.Paragraphs) > 0 {
			return message.NewError("rollup.texts", name)
		}
	}
	return nil
}
