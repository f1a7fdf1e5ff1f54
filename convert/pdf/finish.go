package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"nianbao/convert/pdf/font"
)

// properties describe a document to programs that list and search documents.
type properties struct {
	title, author, subject, keywords string
}

const producer = "nianbao with gofpdf"

// finish turns the file that contain made into the file that is handed out: with
// fonts, metadata, page labels and an output intent, compressed, as PDF/A-2b
// (ISO 19005-2) asks. It rewrites whole objects and never looks into a page.
func finish(w io.Writer, raw []byte, d *canvas, p properties) error {
	out, err := embed(raw, d)
	if err != nil {
		return err
	}
	return out.complete(w, d.outline, p)
}

// What gofpdf numbers: 1 the page tree, 2 the resources, last but one the information,
// last the catalog.
const (
	pageTree  = 1
	resources = 2
)

// fontsHead is how the resources begin.
const fontsHead = "<</Font <<"

// embed makes the file with the fonts and pictures that its pages use, and without what
// complete adds.
func embed(raw []byte, d *canvas) (*pdfFile, error) {
	objects, err := splitObjects(raw)
	if err != nil {
		return nil, err
	}
	out := &pdfFile{objects: objects, info: len(objects) - 2, catalog: len(objects) - 1}
	for n := 1; n < out.info; n++ {
		if bytes.HasPrefix(objects[n], []byte("<</Length ")) {
			if err := out.compressAgain(n); err != nil {
				return nil, err
			}
		}
	}
	var fonts strings.Builder
	for i, s := range d.subsets {
		n, err := out.addFont(s)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&fonts, "/%s %d 0 R ", d.fontName(i), n)
	}
	var images strings.Builder
	for i, p := range d.images {
		n, err := out.addImage(p)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&images, "/Im%d %d 0 R ", i, n)
	}
	if images.Len() > 0 {
		fmt.Fprintf(&fonts, ">> /XObject <<%s", images.String())
	}
	out.set(resources, fontsHead+fonts.String()+">>>>")
	return out, nil
}

// complete adds the outline, metadata, page labels and output intent, and writes the file.
func (f *pdfFile) complete(w io.Writer, marks []bookmark, p properties) error {
	f.set(f.info, "<</Title "+textString(p.title)+" /Author "+textString(p.author)+" /Subject "+textString(p.subject)+
		" /Keywords "+textString(p.keywords)+" /Producer "+textString(producer)+">>")

	metadata := f.addStream("/Type /Metadata /Subtype /XML", xmp(p))
	profile, err := f.addCompressed("/N 3", sRGB())
	if err != nil {
		return err
	}
	var c strings.Builder
	c.WriteString("<</Type /Catalog /Pages 1 0 R /Lang (zh-CN) /ViewerPreferences <</DisplayDocTitle true /PrintScaling /None>>\n")
	c.WriteString("/PageLabels <</Nums [0 <</S /D>>]>>\n")
	if outline := f.addOutline(marks); outline != 0 {
		fmt.Fprintf(&c, "/Outlines %d 0 R /PageMode /UseOutlines\n", outline)
	}
	fmt.Fprintf(&c, "/Metadata %d 0 R\n", metadata)
	fmt.Fprintf(&c, "/OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /Info (sRGB) /DestOutputProfile %d 0 R>>]>>", profile)
	f.set(f.catalog, c.String())
	return f.write(w)
}

// splitObjects reads the bodies of a file's objects, by their numbers; number 0
// is none. It reads what gofpdf writes and what finish makes of it, not any PDF.
func splitObjects(file []byte) ([][]byte, error) {
	m := xrefOffset.FindSubmatch(file[max(0, len(file)-40):])
	if m == nil {
		return nil, errNotOurs
	}
	xref, err := strconv.Atoi(string(m[1]))
	if err != nil || xref >= len(file) {
		return nil, errNotOurs
	}
	var count int
	if _, err := fmt.Sscanf(string(file[xref:min(xref+40, len(file))]), "xref\n0 %d\n", &count); err != nil || count < 4 {
		return nil, errNotOurs
	}
	const entry = len("0000000000 00000 n \n")
	table := file[xref+len("xref\n0 \n")+len(strconv.Itoa(count)):]
	if len(table)/entry < count {
		return nil, errNotOurs
	}
	offsets := make([]int, count)
	for n := 1; n < count; n++ {
		at, err := strconv.ParseUint(string(table[n*entry:n*entry+10]), 10, 63) // no sign
		if err != nil || at >= uint64(xref) {
			return nil, errNotOurs
		}
		offsets[n] = int(at)
	}
	ends := append(slices.Sorted(slices.Values(offsets[1:])), xref) // an object ends where the next begins
	const tail = "\nendobj\n"
	objects := make([][]byte, count)
	for n := 1; n < count; n++ {
		head := strconv.Itoa(n) + " 0 obj\n"
		after, _ := slices.BinarySearch(ends, offsets[n]+1)
		if after == len(ends) || ends[after] > xref || ends[after]-offsets[n] < len(head)+len(tail) {
			return nil, errNotOurs
		}
		body := file[offsets[n]:ends[after]]
		if !bytes.HasPrefix(body, []byte(head)) || !bytes.HasSuffix(body, []byte(tail)) {
			return nil, errNotOurs
		}
		objects[n] = body[len(head) : len(body)-len(tail)]
	}
	return objects, nil
}

// errNotOurs is what a file is that is not as it was made here.
var errNotOurs = errors.New("pdf: not a file that this program made")

var xrefOffset = regexp.MustCompile(`startxref\n(\d{1,10})\n%%EOF\n$`)

// pdfFile is the new file: its objects by their numbers.
type pdfFile struct {
	objects       [][]byte
	info, catalog int // their numbers
}

func (f *pdfFile) set(n int, body string) { f.objects[n] = []byte(body) }

func (f *pdfFile) add(body string) int {
	f.objects = append(f.objects, []byte(body))
	return len(f.objects) - 1
}

func (f *pdfFile) addStream(dict string, data []byte) int {
	var b bytes.Buffer
	b.Grow(len(data) + len(dict) + 64)
	fmt.Fprintf(&b, "<<%s /Length %d>>\nstream\n", dict, len(data))
	b.Write(data)
	b.WriteString("\nendstream")
	f.objects = append(f.objects, b.Bytes())
	return len(f.objects) - 1
}

func (f *pdfFile) addCompressed(dict string, data []byte) (int, error) {
	small, err := deflate(data)
	if err != nil {
		return 0, err
	}
	return f.addStream(strings.TrimSpace(dict+" /Filter /FlateDecode"), small), nil
}

// compressAgain compresses the stream of a page's content.
func (f *pdfFile) compressAgain(n int) error {
	var length int
	head, data, _ := bytes.Cut(f.objects[n], []byte("\nstream\n"))
	if _, err := fmt.Sscanf(string(head), "<</Length %d>>", &length); err != nil {
		return err
	}
	added, err := f.addCompressed("", data[:length])
	if err != nil {
		return err
	}
	f.objects[n] = f.objects[added]
	f.objects = f.objects[:added]
	return nil
}

// writers compress fast, not small: outlines hardly shrink further, and this is
// most of the time that a document takes.
var writers = sync.Pool{New: func() any {
	w, _ := zlib.NewWriterLevel(nil, zlib.BestSpeed) // a level that there is
	return w
}}

func deflate(data []byte) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(len(data)/2 + 64)
	z := writers.Get().(*zlib.Writer)
	defer writers.Put(z)
	z.Reset(&b)
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// fileHead is how our files begin: the second line says that this is not text.
const fileHead = "%PDF-1.7\n%年报\n"

// write writes the file. Its identifier is a digest of its contents: the same
// report gives the same bytes.
func (f *pdfFile) write(w io.Writer) error {
	size := 0
	for _, o := range f.objects {
		size += len(o) + 40
	}
	b := bytes.NewBuffer(make([]byte, 0, size+1024))
	b.WriteString(fileHead)
	offsets := make([]int, len(f.objects))
	for n := 1; n < len(f.objects); n++ {
		offsets[n] = b.Len()
		b.WriteString(strconv.Itoa(n))
		b.WriteString(" 0 obj\n")
		b.Write(f.objects[n])
		b.WriteString("\nendobj\n")
	}
	id := sha256.Sum256(b.Bytes())
	xref := b.Len()
	fmt.Fprintf(b, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects))
	for _, offset := range offsets[1:] {
		fmt.Fprintf(b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(b, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R /ID [<%x> <%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(f.objects), f.catalog, f.info, id[:16], id[:16], xref)
	_, err := w.Write(b.Bytes())
	return err
}

// addFont embeds a subset as a composite font whose character codes are the
// subset's glyph numbers.
func (f *pdfFile) addFont(s *font.Subset) (int, error) {
	program := s.Program()
	stream, err := f.addCompressed(fmt.Sprintf("/Length1 %d", len(program)), program)
	if err != nil {
		return 0, err
	}
	unicode, err := f.addCompressed("", toUnicode(s))
	if err != nil {
		return 0, err
	}
	name := s.Tag() + "+" + s.Face.Names.PostScript
	const symbolic = 4
	face := s.Face
	b := face.Bounds()
	descriptor := f.add(fmt.Sprintf("<</Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle 0"+
		" /Ascent %d /Descent %d /CapHeight 730 /StemV %d /FontFile2 %d 0 R>>",
		name, symbolic, b[0], b[1], b[2], b[3],
		face.Ascent(), face.Descent(), 50+(face.Weight/65)*(face.Weight/65), stream))
	widths := make([]byte, 0, 5*s.Len())
	for id := range s.Len() {
		widths = strconv.AppendInt(append(widths, ' '), int64(s.Width(id)), 10)
	}
	cid := f.add(fmt.Sprintf("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"+
		" /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 1000 /W [0 [%s]]>>", name, descriptor, widths[1:]))
	return f.add(fmt.Sprintf("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>",
		name, cid, unicode)), nil
}

// toUnicode is the CMap that says which text each glyph stands for.
func toUnicode(s *font.Subset) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for i := 1; i < s.Len(); i += 100 {
		end := min(i+100, s.Len())
		fmt.Fprintf(&b, "%d beginbfchar\n", end-i)
		for id := i; id < end; id++ {
			text := []rune{s.Char(id)}
			if text[0] == twoEmDash {
				text = []rune("——")
			}
			line := append(b.AvailableBuffer(), '<')
			line = append(appendHex16(line, uint16(id)), "> <"...)
			for _, c := range utf16.Encode(text) {
				line = appendHex16(line, c)
			}
			b.Write(append(line, ">\n"...))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// textString writes a text as a PDF string.
func textString(s string) string { return fmt.Sprintf("<%X>", utf16BE(s)) }

// xmp is the metadata packet.
func xmp(p properties) []byte {
	x := func(s string) string {
		var b strings.Builder
		xml.EscapeText(&b, []byte(s)) // a Builder never fails
		return b.String()
	}
	return []byte(`<?xpacket begin="` + "\uFEFF" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + x(p.title) + `</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>` + x(p.author) + `</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">` + x(p.subject) + `</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<pdf:Keywords>` + x(p.keywords) + `</pdf:Keywords><pdf:Producer>` + producer + `</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`)
}
