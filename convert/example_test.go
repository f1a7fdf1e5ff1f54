package convert_test

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"nianbao/convert"
	"nianbao/convert/message"
)

// A submission is read from bytes, and each output written to a writer.
func Example() {
	ctx := context.Background()
	src, err := os.ReadFile("../testdata/yingshan-2024.xlsx")
	if err != nil {
		panic(err)
	}
	results, err := convert.Read(ctx, convert.Source{Name: "yingshan-2024.xlsx", Bytes: src}, convert.Options{})
	if err != nil {
		fmt.Println(message.Localize(err, message.Chinese))
		return
	}
	for _, r := range results {
		fmt.Println(r.Report.Organization, r.Report.Year, len(r.Findings))
		for _, format := range []convert.Format{convert.PDF, convert.XLSX, convert.Annotated, convert.JSON} {
			var out bytes.Buffer
			if err := r.Write(ctx, &out, format); err != nil {
				panic(err)
			}
			fmt.Println(format, out.Len() > 1000)
		}
	}
	// Output:
	// 营山县人民政府办公室 2024 1
	// pdf true
	// xlsx true
	// annotated true
	// json true
}
