package message

import "errors"

// Code says to programs why a submission failed. Codes are published in the
// records of a batch (errorCode) and never change their meaning; the words of a
// message may.
type Code string

// The codes.
const (
	Missing       Code = "missing"        // no such file
	NotAFile      Code = "not-a-file"     // a folder, a device
	Unreadable    Code = "unreadable"     // the system does not let it be read
	Unwritable    Code = "unwritable"     // an output could not be written
	InUse         Code = "in-use"         // an output is open in another program
	InTheWay      Code = "in-the-way"     // an output has the name of a file that is not ours
	Internal      Code = "internal"       // a fault of this program
	Ended         Code = "ended"          // the program ended while it was in hand
	TimedOut      Code = "timed-out"      // it took longer than it may
	TooLarge      Code = "too-large"      // more bytes, cells or text than it may have
	Empty         Code = "empty"          // no bytes
	NotAForm      Code = "not-a-form"     // another kind of file
	OldFormat     Code = "old-format"     // a format that LibreOffice would have to convert
	NotConverted  Code = "not-converted"  // LibreOffice could not convert it
	Encrypted     Code = "encrypted"      // no password was given
	WrongPassword Code = "wrong-password" //
	Damaged       Code = "damaged"        // not whole, or not what its format allows
	NoTables      Code = "no-tables"      // a workbook without any of the form's tables
	Other         Code = "other"          // an error of no submission: of the command line, of the system
)

// Transient reports whether the same submission may succeed another time: the
// failure was the machine's, or a password's.
func (c Code) Transient() bool {
	switch c {
	case Missing, NotAFile, Unreadable, Unwritable, InUse, InTheWay, Internal, Ended, TimedOut, OldFormat, NotConverted, Encrypted, WrongPassword, Other:
		return true
	}
	return false
}

// codes are the codes of the messages that a submission can fail with.
var codes = map[string]Code{
	"file.missing": Missing, "file.folder": NotAFile, "file.special": NotAFile, "file.unreadable": Unreadable, "batch.folder": Unreadable,
	"file.unwritable": Unwritable, "file.inuse": InUse, "file.overwrites": InTheWay, "file.foreign": InTheWay, "file.exists": InTheWay, "file.twice": InTheWay,
	"batch.ended": Ended, "convert.panic": Internal, "convert.unmarked": Internal, "convert.format": Other, "pdf.fontdir": Other,
	"read.format.empty": Empty, "read.format.named": NotAForm, "read.format.other": NotAForm, "read.format.text": NotAForm,
	"read.format.xls": OldFormat, "read.format.ods": OldFormat, "read.format.doc": OldFormat, "read.office": NotConverted,
	"read.format.encrypted": Encrypted, "read.xls.encrypted": Encrypted, "read.password": WrongPassword,
	"read.json.type": Damaged, "read.json.list": Damaged, "read.json.twice": Damaged, "read.json.cut": Damaged, "read.json.syntax": Damaged, "read.json.several": Damaged,
	"read.json": Damaged, "read.json.version": OldFormat, "read.json.unknown": Damaged, "read.json.unmarked": Other, "read.format.unmarked": Other,
	"read.damaged": Damaged, "read.noworkbook": NotAForm, "read.chunk": NotAForm, "read.nosheets": Damaged, "read.nested": Damaged, "read.coordinates": Damaged,
	"read.sharedstring": Damaged, "read.apart": TooLarge, "read.notables": NoTables,
	"archive.packed": NotAForm, "archive.nested": NotAForm, "archive.none": NotAForm, "archive.several": NotAForm, "archive.damaged": Damaged,
	"archive.encrypted": Encrypted, "archive.method": NotAForm, "archive.link": NotAForm, "archive.name": NotAForm, "archive.twice": NotAForm, "archive.ratio": TooLarge,
	"read.limit.file": TooLarge, "read.limit.unpacked": TooLarge, "read.limit.cells": TooLarge, "read.limit.text": TooLarge,
	"read.limit.columns": TooLarge, "read.limit.styles": TooLarge, "read.limit.merges": TooLarge, "read.limit.entries": TooLarge, "read.limit.sheets": TooLarge, "read.limit.parts": TooLarge, "read.limit.narrative": TooLarge, "read.limit.reports": TooLarge, "read.limit.packed": TooLarge, "read.limit.time": TimedOut,
}

// Code is why a submission failed, for programs.
func (e *Error) Code() Code {
	if c, ok := codes[e.Key]; ok {
		return c
	}
	return Other
}

// CodeOf is the code of any error: [Other] for one that is not in this catalogue.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return Other
}
