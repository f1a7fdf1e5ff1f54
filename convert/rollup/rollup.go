// Package rollup adds up the reports of many organizations into the one of the
// county, city or province that they belong to:
//
//	var sum rollup.Sum
//	for … {
//		if err := sum.Add(file, r); err != nil { … } // another year, another form
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
	Figures      []report.Number  // in the form's order
	Sections     []report.Section // its texts
}

// Add adds the report that came in the named file. A report for another year or on
// another form is refused; one whose year was not found is taken to be for this one.
func (s *Sum) Add(file string, r *report.Report) error {
	if s.total == nil {
		if s.Year != 0 && r.Year != 0 && r.Year != s.Year {
			return message.NewError("rollup.otheryear", file, r.Year, s.Year)
		}
		f, err := form.Get(r.Form)
		if err != nil {
			return err
		}
		s.form, s.first, s.total = f, file, f.Blank()
		if s.asked = s.Year != 0; !s.asked {
			s.Year = r.Year
		}
	}
	switch {
	case r.Year != 0 && r.Year != s.Year && s.asked:
		return message.NewError("rollup.otheryear", file, r.Year, s.Year)
	case r.Year != 0 && r.Year != s.Year && s.Year != 0:
		return message.NewError("rollup.year", s.first, s.Year, file, r.Year)
	case r.Form != s.form.ID:
		return message.NewError("rollup.form", s.first, s.form.ID, file, r.Form)
	}
	if s.Year == 0 {
		s.Year = r.Year
	}
	full, _ := s.form.Fill(r)
	p := Part{Organization: r.Organization, File: file, Sections: r.Sections}
	for i, t := range s.total.Tables {
		for j, row := range t.Rows {
			for k := range row.Figures {
				v := full.Tables[i].Rows[j].Figures[k].Value
				row.Figures[k].Value = row.Figures[k].Value.Add(v)
				p.Figures = append(p.Figures, v)
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
