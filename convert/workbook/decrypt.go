package workbook

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
	"nianbao/convert/workbook/biff"
)

// DefaultPassword opens workbooks that Excel encrypts without having been given
// a password, as it does when only the structure of one is protected.
const DefaultPassword = "VelvetSweatshop"

// What an encrypted workbook may say of its encryption. Excel takes no more turns, and
// no algorithm has larger keys, blocks, salts or hashes, which are in bytes or bits.
const (
	mostTurns = 10_000_000
	mostSize  = 4096
)

// modest reports whether the sizes are such that decryption ends soon and takes little.
func modest(src []byte) bool {
	description, err := biff.Stream(src, "EncryptionInfo", 64<<10)
	if err != nil || len(description) < 8 {
		return false
	}
	if string(description[:4]) != "\x04\x00\x04\x00" {
		return true // not agile: it has no sizes of its own
	}
	for d := xml.NewDecoder(bytes.NewReader(description[8:])); ; {
		t, err := d.Token()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		e, _ := t.(xml.StartElement)
		for _, a := range e.Attr {
			most := mostSize
			switch a.Name.Local {
			case "spinCount":
				most = mostTurns
			case "saltSize", "blockSize", "keyBits", "hashSize":
			default:
				continue
			}
			if n, err := strconv.Atoi(strings.TrimSpace(a.Value)); err != nil || n < 0 || n > most {
				return false
			}
		}
	}
}

// Decrypt returns the XLSX workbook that an encrypted one holds. It stops waiting
// when the context does: the file decides how long the work takes.
func Decrypt(ctx context.Context, src []byte, password string) ([]byte, error) {
	if !modest(src) {
		return nil, message.NewError("read.damaged")
	}
	passwords := []string{DefaultPassword}
	if password != "" { // which is meant for others of the folder, perhaps
		passwords = []string{password, DefaultPassword}
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
			workbook, err := excelize.Decrypt(src, &excelize.Options{Password: p})
			if f := Sniff(workbook); err == nil && (f == XLSX || f == DOCX) {
				r = result{workbook: workbook}
				return
			}
			r.err = cmp.Or(r.err, err)
		}
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
