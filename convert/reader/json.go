package reader

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// reportJSON is a report as its JSON has it.
type reportJSON struct {
	Version      int                                             `json:"version"`
	Form         string                                          `json:"form"`
	Year         int                                             `json:"year"`
	Organization string                                          `json:"organization"`
	Part         string                                          `json:"part"`
	Title        string                                          `json:"title"`
	Preamble     []string                                        `json:"preamble"`
	Sections     map[string][]string                             `json:"sections"`
	Signature    *signatureJSON                                  `json:"signature"`
	Tables       map[string]map[string]map[string]*report.Number `json:"tables"`
	Cells        map[string]string                               `json:"cells"`
}

type signatureJSON struct {
	Organization string `json:"organization"`
	Date         string `json:"date"`
	ISO          string `json:"iso"`
}

// ReadJSON reads a report from its JSON, as [report.Report.MarshalJSON] writes it. A
// table, row or column that is missing is noted as in a workbook. The error is a
// [message.Error] that names what is none of the form's, or no JSON.
func ReadJSON(src []byte, o Options) (*report.Report, error) {
	var in reportJSON
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	d := json.NewDecoder(bytes.NewReader(src))
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		return nil, jsonFault(src, err)
	}
	if d.More() {
		return nil, message.NewError("read.json.several", lineOf(src, int(d.InputOffset())+1))
	}
	if in.Version > report.JSONVersion {
		return nil, message.NewError("read.json.version", in.Version, report.JSONVersion)
	}
	f, err := form.Get(in.Form)
	if err != nil {
		return nil, message.NewError("read.json.unknown", "form", in.Form)
	}
	r := f.Blank()
	r.Organization, r.Year, r.Part, r.Title = in.Organization, in.Year, in.Part, in.Title
	if r.Organization == "" {
		r.Organization = o.Organization
	}
	if r.Year == 0 {
		r.Year = o.Year
	}
	r.Preamble = paragraphsOf(in.Preamble)
	if in.Signature != nil {
		r.Signature = report.Signature{Organization: in.Signature.Organization, Date: in.Signature.Date}
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		var texts []string
		texts, s.Found = in.Sections[s.Key]
		s.Paragraphs = paragraphsOf(texts)
		delete(in.Sections, s.Key)
	}
	for i := range r.Tables {
		if err := in.table(&r.Tables[i], f.Tables[i], r); err != nil {
			return nil, err
		}
	}
	if err := in.unknown(); err != nil {
		return nil, err
	}
	if path, line := jsonTwice(src); path != "" {
		return nil, message.NewError("read.json.twice", path, line)
	}
	return r, nil
}

// table reads one table, and takes what it has read out of the JSON.
func (in *reportJSON) table(t *report.Table, ft form.Table, r *report.Report) error {
	rows, ok := in.Tables[t.Key]
	t.Found = ok
	if !ok {
		r.Notes = append(r.Notes, report.Note{Kind: report.MissingTable, Path: report.Path{Table: t.Key}})
		return nil
	}
	for j := range t.Rows {
		row := &t.Rows[j]
		figures, ok := rows[row.Key]
		if !ok {
			fr, _ := ft.Row(row.Key)
			r.Notes = append(r.Notes, report.Note{Kind: report.MissingRow, Path: report.Path{Table: t.Key, Row: row.Key}, Text: fr.Label})
			continue
		}
		for k := range row.Figures {
			fig := &row.Figures[k]
			path := report.Path{Table: t.Key, Row: row.Key, Column: fig.Column}
			value, ok := figures[fig.Column]
			if !ok {
				r.Notes = append(r.Notes, report.Note{Kind: report.MissingColumn, Path: path, Text: fig.Column})
				continue
			}
			if value != nil {
				fig.Value = *value
			}
			fig.Cell = report.Cell{Sheet: path.String()}
			if name, ok := in.Cells[path.String()]; ok {
				c, err := report.ParseCell(name)
				if err != nil {
					return message.NewError("read.json.unknown", "cells."+path.String(), name)
				}
				fig.Cell = c
			}
			delete(in.Cells, path.String())
			delete(figures, fig.Column)
		}
		if len(figures) == 0 {
			delete(rows, row.Key)
		}
	}
	if len(rows) == 0 {
		delete(in.Tables, t.Key)
	}
	return nil
}

// unknown is an error if anything is left that the form does not have: it would be
// in no output.
func (in *reportJSON) unknown() error {
	var left []string
	for k := range in.Sections {
		left = append(left, "sections."+k)
	}
	for t, rows := range in.Tables {
		for row, figures := range rows {
			for column := range figures {
				left = append(left, fmt.Sprintf("tables.%s.%s.%s", t, row, column))
			}
			if len(figures) == 0 {
				left = append(left, "tables."+t+"."+row)
			}
		}
		if len(rows) == 0 {
			left = append(left, "tables."+t)
		}
	}
	for path := range in.Cells {
		left = append(left, "cells."+path)
	}
	if len(left) == 0 {
		return nil
	}
	slices.Sort(left)
	const most = 5
	more := ""
	if len(left) > most {
		left, more = left[:most], " …"
	}
	return message.NewError("read.json.unknown", "form "+in.Form, strings.Join(left, " ")+more)
}

func paragraphsOf(texts []string) []report.Paragraph {
	var all []report.Paragraph
	for _, t := range texts {
		all = append(all, report.Paragraph{Text: t})
	}
	return all
}
