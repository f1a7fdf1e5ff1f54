package finding

import (
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"regexp"

	"nianbao/convert/message"
)

// SARIF 2.1.0 (OASIS, 2020), the format in which tools exchange findings: as much
// of it as findings in the cells of workbooks need.

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool         `json:"tool"`
	Invocations []sarifInvocation `json:"invocations,omitempty"`
	ColumnKind  string            `json:"columnKind"`
	Results     []sarifResult     `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID                   string      `json:"id"`
	ShortDescription     sarifText   `json:"shortDescription"`
	FullDescription      sarifText   `json:"fullDescription"`
	Help                 sarifText   `json:"help"`
	DefaultConfiguration sarifConfig `json:"defaultConfiguration"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifConfig struct {
	Level string `json:"level"`
}

// sarifInvocation says which files could not be read.
type sarifInvocation struct {
	ExecutionSuccessful        bool                `json:"executionSuccessful"`
	ToolExecutionNotifications []sarifNotification `json:"toolExecutionNotifications"`
}

type sarifNotification struct {
	Level      string          `json:"level"`
	Message    sarifText       `json:"message"`
	Descriptor sarifDescriptor `json:"descriptor"`
	Locations  []sarifLocation `json:"locations"`
}

type sarifDescriptor struct {
	ID message.Code `json:"id"`
}

// sarifProperties are what SARIF has no field for.
type sarifProperties struct {
	Path         string `json:"path,omitempty"`
	Expected     Value  `json:"expected,omitzero"`
	Actual       Value  `json:"actual,omitzero"`
	Organization string `json:"organization,omitempty"`
	Part         string `json:"part,omitempty"`

	Because *Because `json:"because,omitempty"`
	Slip    *SlipAt  `json:"slip,omitempty"`
}

type sarifResult struct {
	RuleID     string          `json:"ruleId"`
	RuleIndex  int             `json:"ruleIndex"`
	Level      string          `json:"level"`
	Message    sarifText       `json:"message"`
	Locations  []sarifLocation `json:"locations"`
	Related    []sarifRelated  `json:"relatedLocations,omitempty"` // of the cause
	Properties sarifProperties `json:"properties,omitzero"`
}

// sarifRelated is where the cause of a result lies.
type sarifRelated struct {
	sarifLocation
	Message sarifText `json:"message"`
}

type sarifLocation struct {
	PhysicalLocation sarifPhysical  `json:"physicalLocation"`
	LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifPhysical struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifLogical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
	Kind               string `json:"kind"`
}

var sarifLevels = map[Severity]string{Error: "error", Warning: "warning", Info: "note"}

// driveLetter matches how a path on Windows begins.
var driveLetter = regexp.MustCompile(`^[A-Za-z]:/`)

// fileURI is a reference to a file, of which the path is given with slashes.
func fileURI(path string) string {
	if driveLetter.MatchString(path) {
		return (&url.URL{Scheme: "file", Path: "/" + path}).String()
	}
	return (&url.URL{Path: path}).String()
}

// WriteSARIF writes the findings on several files as one SARIF log, with the
// documentation of the rules, its texts in the given language.
func WriteSARIF(w io.Writer, rules []Rule, lists []List, lang message.Lang) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}, Tool: sarifTool{sarifDriver{Name: "nianbao"}}}
	index := map[string]int{}
	for i, r := range rules {
		index[r.ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
			ID: r.ID, ShortDescription: sarifText{r.Title.In(lang)}, FullDescription: sarifText{r.Text.In(lang)},
			Help: sarifText{r.Advice.In(lang)}, DefaultConfiguration: sarifConfig{sarifLevels[r.Severity]},
		})
	}
	var unread []sarifNotification
	for _, l := range lists {
		file := sarifPhysical{sarifArtifact{fileURI(filepath.ToSlash(l.File))}}
		if l.Err != nil {
			unread = append(unread, sarifNotification{"error", sarifText{message.Localize(l.Err, lang)}, sarifDescriptor{message.CodeOf(l.Err)}, []sarifLocation{{PhysicalLocation: file}}})
		}
		for _, g := range Groups(l.Findings) {
			var cause []sarifRelated
			for _, f := range append([]Finding{g.Cause}, g.Consequences...) {
				at, as := sarifLocation{PhysicalLocation: file}, f.In(lang)
				for _, c := range as.Cells {
					at.LogicalLocations = append(at.LogicalLocations, sarifLogical{c, "cell"})
				}
				run.Results = append(run.Results, sarifResult{f.Rule, index[f.Rule], sarifLevels[f.Severity], sarifText{as.Message}, []sarifLocation{at}, cause,
					sarifProperties{as.Path, f.Expected, f.Actual, l.Organization, l.Part, as.Because, as.Slip}})
				if cause == nil {
					cause = []sarifRelated{{at, sarifText{as.Message}}}
				}
			}
		}
	}
	if unread != nil {
		run.Invocations = []sarifInvocation{{false, unread}}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(sarifLog{"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", "2.1.0", []sarifRun{run}})
}
