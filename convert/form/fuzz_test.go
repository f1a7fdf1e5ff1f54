package form

import (
	"io/fs"
	"testing"

	"nianbao/templates"
)

// A form.yaml is loaded or refused with a reason, and what is loaded can be walked.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"2019/form.yaml", "2021/form.yaml"} {
		src, err := fs.ReadFile(templates.Forms, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("id: x\ntables:\n- key: a\n  blocks:\n  - stub: [{label: 甲, row: a}]\n")) // a block without a head
	f.Fuzz(func(t *testing.T, src []byte) {
		form, err := load(src)
		if err != nil {
			return
		}
		for i := range form.Tables {
			if len(form.Tables[i].Rows()) == 0 {
				t.Errorf("the table %q was accepted without a row", form.Tables[i].Key)
			}
		}
	})
}
