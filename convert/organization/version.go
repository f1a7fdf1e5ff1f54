package organization

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// versionOf is what a file's name says of its version.
type versionOf struct {
	stage  int // a draft -1, corrected 1, final 2; 0 where nothing is said
	number int // of the version
}

func (v versionOf) compare(w versionOf) int {
	return cmp.Or(cmp.Compare(v.stage, w.stage), cmp.Compare(v.number, w.number))
}

var (
	finalVersion = regexp.MustCompile(`终稿|定稿|最终|终版|正式稿|正式版`)
	draftVersion = regexp.MustCompile(`初稿|草稿|征求意见|讨论稿|送审稿|(?i:draft)`)
	corrected    = regexp.MustCompile(`修改|修订|修正|更正|订正|改正|改[后版稿]|重报|[(（\[【_\-— .]改\d*[)）\]】]?|改\d*$|改\d*[)）\].]`)
	numbered     = regexp.MustCompile(`(?:^|[^A-Za-z])[vV]\.?(\d{1,3})(?:[^\d]|$)|第([2-9二三四五六七八九])[版稿次]`)
)

// notVersions are parts of names of bodies that look like a version's.
var notVersions = strings.NewReplacer("发改", "", "改革", "", "改建", "", "整改", "")

// version is what the name of a file says or, where it says nothing, that of the folder
// that it lies in, and so on.
func version(file string) versionOf {
	var v versionOf
	names := strings.Split(strings.TrimSuffix(file, ext(file)), "/")
	for _, name := range slices.Backward(names) {
		name = notVersions.Replace(name)
		v.stage, v.number = cmp.Or(v.stage, stage(name)), cmp.Or(v.number, number(name))
	}
	if v.stage == 0 && v.number > 1 {
		v.stage = 1
	}
	return v
}

func stage(name string) int {
	switch {
	case finalVersion.MatchString(name):
		return 2
	case draftVersion.MatchString(name):
		return -1
	case corrected.MatchString(name):
		return 1
	}
	return 0
}

func number(name string) int {
	m := numbered.FindStringSubmatch(name)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1] + m[2])
	if n == 0 && m[2] != "" {
		n = strings.Index("一二三四五六七八九", m[2])/len("一") + 1
	}
	return n
}

func ext(file string) string {
	if i := strings.LastIndexByte(file, '.'); i >= 0 && !strings.Contains(file[i:], "/") {
		return file[i:]
	}
	return ""
}
