package workbook

import (
	"context"
	"fmt"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
)

// DefaultPassword opens workbooks that Excel encrypts without having been given
// a password, as it does when only the structure of one is protected.
const DefaultPassword = "VelvetSweatshop"

// Decrypt returns the XLSX workbook that an encrypted one holds. It stops waiting
// when the context does: the file decides how long the work takes.
func Decrypt(ctx context.Context, src []byte, password string) ([]byte, error) {
	passwords := []string{DefaultPassword}
	if password != "" {
		passwords = []string{password}
	}
	type result struct {
		workbook []byte
		err      error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		defer func() {
			if p := recover(); p != nil {
				r.err = fmt.Errorf("panic: %v", p)
			}
			done <- r
		}()
		for _, p := range passwords {
			if r.workbook, r.err = excelize.Decrypt(src, &excelize.Options{Password: p}); r.err == nil && (Sniff(r.workbook) == XLSX || Sniff(r.workbook) == DOCX) {
				return
			}
		}
		r.workbook = nil
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case r := <-done:
		switch {
		case r.workbook != nil:
			return r.workbook, nil
		case password == "":
			return nil, Refuse(Encrypted, "")
		}
		return nil, &message.Error{Message: message.New("read.password"), Err: r.err}
	}
}

// Encrypt is a workbook so encrypted that it opens with the password alone. Each
// time the bytes are others.
func Encrypt(src []byte, password string) ([]byte, error) {
	return excelize.Encrypt(src, &excelize.Options{Password: password})
}
