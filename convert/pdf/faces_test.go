package pdf

import (
	"bytes"
	"testing"

	"nianbao/convert/pdf/font"
	"nianbao/convert/report"
)

func TestBoldOfAFaceWithoutOne(t *testing.T) {
	c := newChains([roleCount]*font.Face{roleBody: embedded()[roleKai]})
	if len(c[roleBold]) != 3 || !c[roleBold][0].Embolden || c[roleBody][0].Embolden {
		t.Fatalf("the chain for bold is %v", c[roleBold])
	}
	s := &shaper{chains: c}
	d := new(document)
	d.addPage()
	d.text(s.shape(report.Cell{}, span{roleBold, "1.年"}), 0, 0, setting{size: 16})
	if !bytes.Contains(d.pages[0], []byte("2 Tr")) || !bytes.Contains(d.pages[0], []byte("0 Tr")) {
		t.Errorf("it is drawn without a stroke:\n%s", d.pages[0])
	}
}
