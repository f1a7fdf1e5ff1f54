package convert_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
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

// A web service: a form is posted, and answered with the PDF or, where it must go
// back, with what is wrong.
func Example_handler() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		src, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 64<<20))
		if err != nil {
			http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
			return
		}
		results, err := convert.CheckSource(r.Context(), convert.Source{Name: "upload", Bytes: src}, convert.FileOptions{})
		if err != nil {
			http.Error(w, message.Localize(err, message.English), http.StatusUnprocessableEntity)
			return
		}
		if results[0].Errors() > 0 {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusConflict)
			w.Write(results[0].List().JSON(message.Chinese))
			return
		}
		var pdf bytes.Buffer
		if err := results[0].Write(r.Context(), &pdf, convert.PDF); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/pdf")
		pdf.WriteTo(w)
	})
	server := httptest.NewServer(handler)
	defer server.Close()
	for _, name := range []string{"../testdata/yingshan-2024.xlsx", "../LICENSE"} {
		f, err := os.Open(name)
		if err != nil {
			panic(err)
		}
		answer, err := http.Post(server.URL, "application/octet-stream", f)
		if err != nil {
			panic(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		fmt.Println(answer.StatusCode, answer.Header.Get("Content-Type"), bytes.HasPrefix(body, []byte("%PDF-")))
	}
	// Output:
	// 200 application/pdf true
	// 422 text/plain; charset=utf-8 false
}
