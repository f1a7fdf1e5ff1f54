package batch

import (
	"context"
	"encoding/json"
	"path/filepath"

	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/workbook"
)

// LoadRoster reads the list of organizations that should report: a workbook, whichever
// of its sheets has it, a document, or a text file, UTF-8 or GBK.
func LoadRoster(ctx context.Context, name string) (*organization.Roster, error) {
	src, err := files.Load(name, workbook.Limits{}.MostBytes())
	if err != nil {
		return nil, err
	}
	if workbook.Sniff(src) == workbook.Text {
		rows, err := organization.RosterRows(src)
		if err != nil {
			return nil, err
		}
		return organization.ParseRoster(rows)
	}
	sheets, err := workbook.Rows(ctx, src, workbook.Limits{})
	if err != nil {
		return nil, err
	}
	return organization.ParseSheets(sheets)
}

// keptRoster is where a folder of results keeps the roster that it was last summed up by.
const keptRoster = ".nianbao-roster.json"

// keepRoster keeps the roster in the folder of the results, for a run that names none.
func keepRoster(out string, r *organization.Roster) error {
	name := filepath.Join(out, keptRoster)
	if files.Special(name) {
		return message.NewError("file.foreign", name)
	}
	content, err := json.Marshal(r)
	if err != nil {
		return err
	}
	temp, err := files.WriteTemp(out, content)
	if err == nil {
		err = files.Rename(temp, name)
	}
	if err != nil {
		files.Remove(temp)
		return files.Unwritable(name, err)
	}
	files.Hide(name)
	return nil
}

// KeptRoster is the roster that a folder of results keeps for runs that name none; nil if
// there is none, or none that can be read.
func KeptRoster(out string) *organization.Roster {
	f, err := files.Open(filepath.Join(out, keptRoster))
	if err != nil {
		return nil
	}
	defer f.Close()
	r := new(organization.Roster)
	if json.NewDecoder(f).Decode(r) != nil || len(r.Names()) == 0 {
		return nil
	}
	return r
}

// settleRoster is the roster that is given, which is kept, or else the one that is kept.
func settleRoster(out string, given *organization.Roster) (r *organization.Roster, kept bool, err error) {
	if given != nil {
		return given, false, keepRoster(out, given)
	}
	r = KeptRoster(out)
	return r, r != nil, nil
}
