package batch

import (
	"cmp"
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"nianbao/convert"
	"nianbao/convert/files"
	"nianbao/convert/form"
	"nianbao/convert/organization"
	"nianbao/convert/report"
	"nianbao/convert/summary"
)

// isMarked reports whether a file has the name of a marked copy.
func isMarked(name string) bool {
	stem, _, ok := convert.CutSuffix(name)
	return ok && slices.ContainsFunc([]string{".xlsx", ".docx"}, func(ext string) bool {
		return strings.EqualFold(convert.OutputName(stem+ext, "", convert.Annotated), filepath.Clean(name))
	})
}

// settleMarked takes the marked copies and the normalized workbooks that lie beside what
// they are made of for what they are: one that was changed is a submission that replaces
// its original, one that was not is an output of ours.
func (f *found) settleMarked(ctx context.Context, o convert.FileOptions) {
	originals := map[string]input{}
	for _, in := range f.inputs {
		originals[strings.ToLower(in.rel)] = in
	}
	f.inputs = slices.DeleteFunc(f.inputs, func(in input) bool {
		if in.marked == "" {
			return false
		}
		original := originals[strings.ToLower(in.marked)]
		if !sameReports(ctx, in, original, o) {
			return false
		}
		f.passedOver++
		f.others = append(f.others, organization.Sent{File: in.rel, Output: true, Format: "xlsx"})
		return true
	})
	for i := range f.inputs {
		if in := &f.inputs[i]; in.marked != "" {
			in.marked = originals[strings.ToLower(in.marked)].rel
		}
	}
}

// sameReports reports whether an output holds the same figures and texts as what it was
// made of. One that cannot be read holds nothing that anybody has changed. A normalized
// workbook has blanks filled in, and nothing in the place of what could not be read.
func sameReports(ctx context.Context, output, original input, o convert.FileOptions) bool {
	one, err := output.check(ctx, o)
	if err != nil {
		return true
	}
	other, err := original.check(ctx, o)
	if err == nil && len(one) == 1 && len(other) > 1 { // the normalized workbook of one of several
		other = slices.DeleteFunc(other, func(r *convert.Result) bool { return r.Report.Organization != one[0].Report.Organization })
	}
	if err != nil || len(one) != len(other) {
		return false
	}
	for i := range one {
		x, y := one[i].Report, other[i].Report
		if isMarked(output.rel) {
			if one[i].Errors() != other[i].Errors() {
				return false
			}
		} else if f, err := form.Get(y.Form); err == nil && x.Form == y.Form {
			x, _ = f.Fill(x)
			y, _ = f.Fill(y)
		}
		same := x.Organization == y.Organization && x.Year == y.Year && reflect.DeepEqual(x.Figures(), y.Figures()) &&
			slices.EqualFunc(x.Sections, y.Sections, func(s, t report.Section) bool { return words(s) == words(t) })
		if !same {
			return false
		}
	}
	return true
}

// words are a section's text without the white space that programs leave or drop.
func words(s report.Section) string {
	var all []string
	for _, p := range s.Paragraphs {
		all = append(all, strings.Fields(p.Text)...)
	}
	return strings.Join(all, "")
}

// ours reports whether a file is a workbook or a document that a batch wrote.
func ours(file string) bool {
	_, ok := cutSuffix(filepath.Base(file))
	return (ok || strings.EqualFold(filepath.Ext(file), ".docx")) && !files.Foreign(file) || summary.Ours(file)
}

// printedOf is the name among the given ones, all in lower case, of the submission that
// the file, which is called name among them, was made of for people or programs to read;
// "" if we did not make it, or of none of them. Its reports' names may stand behind that
// of a submission: 名册-县疾控中心.docx.
func printedOf(file, name string, among map[string]bool) string {
	stem, workbook, ok := convert.CutSuffix(name)
	if !ok || workbook {
		return ""
	}
	if of := submissionOf(stem, name, true, among); of != "" && !files.Foreign(file) {
		return of
	}
	return ""
}

// printedBeside reports whether a file was made of one of those of the given names in
// its folder, see [printedOf].
func printedBeside(file string, names map[string]bool) bool {
	return printedOf(file, strings.ToLower(filepath.Base(file)), names) != ""
}

// cutSuffix cuts what we add to the name of a submission for a workbook, in lower case.
func cutSuffix(name string) (stem string, ok bool) {
	stem, workbook, _ := convert.CutSuffix(strings.ToLower(name))
	if !workbook {
		return "", false
	}
	return stem, true
}

// madeOf is the name among the given ones, all in lower case, of the submission that
// the named file is an output of; "" if it is of none.
func madeOf(name string, among map[string]bool) string {
	if stem, ok := cutSuffix(name); ok {
		return submissionOf(stem, name, !isMarked(name), among)
	}
	return ""
}

// submissionOf is the name among the given ones of the submission with the stem or, for
// the output of one of several reports in it, with what the stem begins with. It is not
// the output itself.
func submissionOf(stem, output string, part bool, among map[string]bool) string {
	dir, base := filepath.Split(stem)
	for {
		for _, ext := range submissions {
			if of := dir + base + ext; of != output && among[of] {
				return of
			}
		}
		i := strings.LastIndexByte(base, '-')
		if i < 0 || !part {
			return ""
		}
		base = base[:i]
	}
}

// outputOf is madeOf for a file that is there: only a workbook that we wrote is an
// output. A marked copy is known by its name: who corrects it may take our list out of it.
func outputOf(file, name string, among map[string]bool) string {
	of := madeOf(name, among)
	if of != "" && !isMarked(name) && files.Foreign(file) {
		return ""
	}
	return of
}

// Origin is the file among the given ones that the named one is an output of, ""
// if it is of none: *.xlsx names last time's outputs, too.
func Origin(name string, files []string) string {
	key := func(name string) string { return strings.ToLower(filepath.Clean(name)) }
	named := map[string]bool{}
	for _, f := range files {
		named[key(f)] = true
	}
	of := cmp.Or(outputOf(name, key(name), named), printedOf(name, key(name), named))
	i := slices.IndexFunc(files, func(f string) bool { return of != "" && key(f) == of })
	if i < 0 {
		return ""
	}
	return files[i]
}
