package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"nianbao/convert"
	"nianbao/convert/form"
	"nianbao/convert/message"
)

func runTemplate(c *command, args []string) int {
	id := c.flags.String("form", form.All()[0].ID, c.say("flag.form"))
	out := c.flags.StringP("out", "o", "年报.xlsx", c.say("flag.file"))
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	if c.flags.NArg() > 0 {
		return c.wrong(message.NewError("cmd.arguments", strings.Join(c.flags.Args(), " ")))
	}
	f, err := form.Get(*id)
	if err != nil {
		var ids []string
		for _, f := range form.All() {
			ids = append(ids, f.ID)
		}
		return c.wrong(message.NewError("cmd.form", *id, strings.Join(ids, "、")))
	}
	if err := workbookName(*out); err != nil {
		return c.wrong(err)
	}
	if err := convert.Template(*out, f); err != nil {
		return c.fail(*out, err)
	}
	fmt.Fprintln(c.out, c.say("out.template", *out))
	return exitGood
}

// workbookName refuses a name for a workbook that another kind of file would have: a
// 全县.pdf that is a workbook opens nowhere.
func workbookName(name string) error {
	ext := filepath.Ext(name)
	switch {
	case strings.EqualFold(ext, ".xlsx") && len(filepath.Base(name)) > len(ext):
		return nil
	case slices.Contains([]string{".pdf", ".docx", ".doc", ".html", ".json", ".csv", ".xls", ".xlsm", ".xlsx", ".ods", ".et", ".wps"}, strings.ToLower(ext)):
		name = strings.TrimSuffix(name, ext) // 2024.12 is a name
	}
	return message.NewError("cmd.workbook", name)
}
