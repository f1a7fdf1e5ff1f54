package batch

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/pdf"
	"nianbao/convert/summary"
)

// BookOptions say how a volume is bound.
type BookOptions struct {
	IncludeErrors bool   // reports with error-level findings, too, as the drafts that they are
	FontDir       string // of the cover, the contents and the page numbers; see [pdf.Options]
}

// BookResult is what became of a volume.
type BookResult struct {
	Reports int
	Pages   int       // of the volume
	LeftOut []LeftOut // bodies without a report in the volume, and why
	Unread  int       // of those, whose PDF is gone or is not the one that the batch wrote
}

// largestVolume is the most bytes that the PDFs of a volume may have together: a thousand
// reports, more than can be held in the hand. They are all held in memory. It is
// a variable for its test alone.
var largestVolume int64 = 160 << 20

// Book binds the PDFs that a batch left in the folder out into one volume (汇编), the named
// file: of each body of the summary the report that counts for it, in the order of the
// roster where there was one. It needs nothing but the folder. What is not in the
// volume is said.
func Book(ctx context.Context, name, out string, o BookOptions) (*BookResult, error) {
	season, err := summary.ReadSeason(filepath.Join(out, summary.JSON("")))
	switch {
	case err != nil:
		return nil, &message.Error{Message: message.New("book.summary", out, files.Cause(err)), Err: err}
	case season == nil:
		return nil, message.NewError("book.none", out)
	case season.Unfinished:
		return nil, message.NewError("merge.unfinished", out)
	}
	result := new(BookResult)
	written, err := digests(filepath.Join(out, summary.Results("")))
	if err != nil {
		return nil, err
	}
	var bound []pdf.Bound
	var names []string
	all := int64(0)
	for i := range season.Organizations {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		body := &season.Organizations[i]
		names = append(names, body.Organization)
		for _, output := range body.Outputs {
			if files.Same(filepath.Join(out, filepath.FromSlash(output)), name) {
				return nil, message.NewError("book.overwrites", name)
			}
		}
		printed, size, why := bind(out, body, written, o.IncludeErrors)
		if why != nil {
			if why.Key == "book.unread" || why.Key == "book.foreign" {
				result.Unread++
			}
			result.LeftOut = append(result.LeftOut, LeftOut{body.Organization, body.File, "", *why})
			continue
		}
		if all += int64(size); all > largestVolume {
			return nil, message.NewError("book.large", len(bound), largestVolume>>20)
		}
		bound = append(bound, pdf.Bound{Name: body.Organization, Printed: printed})
	}
	if result.Reports = len(bound); result.Reports == 0 {
		return result, message.NewError("book.empty", out)
	}
	v := pdf.Volume{Title: title(season.Year, names), Note: fmt.Sprintf("收录%d个单位的年度报告", len(bound)), Reports: bound}
	var b bytes.Buffer
	if result.Pages, err = pdf.Bind(&b, v, pdf.Options{FontDir: o.FontDir}); err != nil {
		return result, err
	}
	return result, files.Save("", "", []files.File{{Name: name, Content: b.Bytes()}})
}

// notBound says why a body without a report of its own is not in a volume.
var notBound = map[summary.Status]string{
	summary.Failed: "rollup.failed", summary.NothingSent: "rollup.missing", summary.OtherFormat: "summary.attention.otherformat",
	summary.OtherYearOnly: "summary.attention.otheryear", summary.NotListed: "summary.attention.unlisted",
}

// bind reads the PDF of a body's report, or says why it is not to be bound.
func bind(out string, body *summary.Body, written map[string]files.Digest, wrong bool) (printed *pdf.Printed, size int, why *message.Message) {
	no := func(key string, args ...any) (*pdf.Printed, int, *message.Message) {
		m := message.New(key, args...)
		return nil, 0, &m
	}
	switch body.Status {
	case summary.Good, summary.Warned:
	case summary.Wrong:
		if !wrong {
			return no("book.errors")
		}
	default:
		return no(notBound[body.Status])
	}
	for _, output := range body.Outputs {
		if !strings.HasSuffix(output, ".pdf") || !filepath.IsLocal(filepath.FromSlash(output)) {
			continue
		}
		file := filepath.Join(out, filepath.FromSlash(output))
		src, err := files.Load(file, largestVolume)
		if err != nil {
			return no("book.unread", output, err)
		}
		printed, err := pdf.Reopen(src)
		if was, known := written[output]; err != nil || known && was != files.DigestOf(src) {
			return no("book.foreign", output)
		}
		return printed, len(src), nil
	}
	return no("book.nopdf")
}

// digests are of the outputs of a batch, by their slash paths, as its records say.
func digests(results string) (map[string]files.Digest, error) {
	written := map[string]files.Digest{}
	for r, err := range summary.Briefs(results) {
		if err != nil {
			return nil, unreadableRecords(results, err)
		}
		for i, name := range r.Outputs {
			if i < len(r.Written) {
				written[name] = r.Written[i]
			}
		}
	}
	return written, nil
}

// title is a volume's title: whose reports they are, where the names say, and of which year.
func title(year int, names []string) string {
	t := "政府信息公开工作年度报告汇编"
	if year != 0 {
		t = fmt.Sprintf("%d年%s", year, t)
	}
	return organization.County(names) + t
}
