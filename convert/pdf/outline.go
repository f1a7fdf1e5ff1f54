package pdf

import (
	"bytes"
	"fmt"
	"strings"
)

// bookmark is an entry of the outline.
type bookmark struct {
	title string
	level int     // from 0
	page  int     // from 0
	y     float64 // from the top
}

// addOutline adds the outline and gives the number of its root, 0 when there is none.
// All entries are open, so that each counts all that stand below it.
func (f *pdfFile) addOutline(marks []bookmark) int {
	if len(marks) == 0 {
		return 0
	}
	var pages []int // the numbers of the pages' objects
	for n, o := range f.objects {
		if bytes.HasPrefix(o, []byte("<</Type /Page\n")) {
			pages = append(pages, n)
		}
	}
	root := f.add("")
	first := root + 1 // the number of marks[0]
	parent := make([]int, len(marks))
	children := map[int][]int{} // of root, as -1, and of the marks
	for i, m := range marks {
		parent[i] = i - 1
		for parent[i] >= 0 && marks[parent[i]].level >= m.level {
			parent[i] = parent[parent[i]]
		}
		children[parent[i]] = append(children[parent[i]], i)
	}
	below := make([]int, len(marks)) // how many stand below each
	for i := len(marks) - 1; i >= 0; i-- {
		if p := parent[i]; p >= 0 {
			below[p] += below[i] + 1
		}
	}
	family := func(i int) string {
		c := children[i]
		if len(c) == 0 {
			return ""
		}
		return fmt.Sprintf(" /First %d 0 R /Last %d 0 R", first+c[0], first+c[len(c)-1])
	}
	for i, m := range marks {
		var b strings.Builder
		above := root
		if parent[i] >= 0 {
			above = first + parent[i]
		}
		fmt.Fprintf(&b, "<</Title %s /Parent %d 0 R /Dest [%d 0 R /XYZ 0 %.2f null]", textString(m.title), above, pages[m.page], pageHeight-m.y)
		siblings := children[parent[i]]
		for k, s := range siblings {
			if s != i {
				continue
			}
			if k > 0 {
				fmt.Fprintf(&b, " /Prev %d 0 R", first+siblings[k-1])
			}
			if k+1 < len(siblings) {
				fmt.Fprintf(&b, " /Next %d 0 R", first+siblings[k+1])
			}
		}
		if below[i] > 0 {
			fmt.Fprintf(&b, "%s /Count %d", family(i), below[i])
		}
		f.add(b.String() + ">>")
	}
	f.set(root, fmt.Sprintf("<</Type /Outlines%s /Count %d>>", family(-1), len(marks)))
	return root
}
