// Package rollup adds up the reports of many organizations into the one of the
// county, city or province that they belong to:
//
//	var sum rollup.Sum
//	for … {
//		part, err := rollup.PartOf(file, r)
//		err = sum.Add(part) // another year, another form
//	}
//	county := sum.Report("安平县")
//
// Blank figures count as the outputs show them: 0, or for a total the sum of its
// parts. What every part adds is kept; the parts' texts are not merged, that is
// for a person to do.
package rollup

import (
	"fmt"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Sum is the sum of reports on the same form for the same year. The zero Sum is
// empty; with a Year it takes only reports of that year.
type Sum struct {
	Year  int
	Parts []Part // in the order in which they were added

	form  *form.Form
	first string // the file that set the form and, unless that was asked for, the year
	asked bool   // the year was given beforehand
	total *report.Report
}

// Part is what one report adds.
type Part struct {
	Organization string
	File         string
	Year         int              // 0 where it was not found
	Form         string           // id
	Figures      []report.Number  // in the form's order
	Sections     []report.Section // its texts
}

// PartOf is what the report that came in the named file adds. The error is that of a
// form that is not known.
func PartOf(file string, r *report.Report) (Part, error) {
	f, err := form.Get(r.Form)
	if err != nil {
		return Part{}, err
	}
	p := Part{Organization: r.Organization, File: file, Year: r.Year, Form: r.Form, Sections: r.Sections}
	full, _ := f.Fill(r)
	for i, t := range f.Blank().Tables {
		for j, row := range t.Rows {
			for k := range row.Figures {
				p.Figures = append(p.Figures, full.Tables[i].Rows[j].Figures[k].Value)
			}
		}
	}
	return p, nil
}

// Add adds what a report adds. A report for another year or on another form is refused;
// one whose year was not found is taken to be for this one.
func (s *Sum) Add(p Part) error {
	if s.total == nil {
		if s.Year != 0 && p.Year != 0 && p.Year != s.Year {
			return message.NewError("rollup.otheryear", p.File, p.Year, s.Year)
		}
		f, err := form.Get(p.Form)
		if err != nil {
			return err
		}
		s.form, s.first, s.total = f, p.File, f.Blank()
		if s.asked = s.Year != 0; !s.asked {
			s.Year = p.Year
		}
	}
	switch {
	case p.Year != 0 && p.Year != s.Year && s.asked:
		return message.NewError("rollup.otheryear", p.File, p.Year, s.Year)
	case p.Year != 0 && p.Year != s.Year && s.Year != 0:
		return message.NewError("rollup.year", s.first, s.Year, p.File, p.Year)
	case p.Form != s.form.ID:
		return message.NewError("rollup.form", s.first, s.form.ID, p.File, p.Form)
	}
	if s.Year == 0 {
		s.Year = p.Year
	}
	n := 0
	for _, t := range s.total.Tables {
		for _, row := range t.Rows {
			for k := range row.Figures {
				row.Figures[k].Value = row.Figures[k].Value.Add(p.Figures[n])
				n++
			}
		}
	}
	s.Parts = append(s.Parts, p)
	return nil
}

// Report is the sum as a report of the given organization, its text sections empty.
// It is nil when nothing was added.
func (s *Sum) Report(organization string) *report.Report {
	if s.total == nil {
		return nil
	}
	r := *s.total
	r.Organization, r.Year = organization, s.Year
	if organization != "" {
		r.Title = s.form.TitleFor(organization, fmt.Sprint(s.Year))
	}
	return &r
}
