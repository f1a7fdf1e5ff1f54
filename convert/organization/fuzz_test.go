package organization

import "testing"

// A roster is read or refused, and each name on it is found.
func FuzzRoster(f *testing.F) {
	f.Add([]byte("序号,单位名称,别名\n1,甲县教育局,县教育局\n2,乙镇人民政府,\n"))
	f.Add([]byte("\xef\xbb\xbf甲局\t电话\n\"乙\n局\"\t1\n"))
	f.Add([]byte("\xbd\xcc\xd3\xfd\xbe\xd6\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		rows, err := RosterRows(src)
		if err != nil {
			return
		}
		r, err := ParseRoster(rows)
		if err != nil {
			return
		}
		for _, name := range r.Names() {
			if found, ok := r.Find(name); !ok || found == "" {
				t.Errorf("%q is on the roster and not found", name)
			}
		}
	})
}
