package main

import (
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"nianbao/convert/batch"
)

// progressEvery is how often a line is printed where there is no terminal.
const progressEvery = 10 * time.Second

// progress shows how far a batch is: a bar on a terminal, lines elsewhere.
type progress struct {
	*command
	quiet    bool
	terminal bool
	ansi     bool                     // it can be told to clear a line: how wide what stands there is, fonts say
	bar      *progressbar.ProgressBar // made with the first report
	start    time.Time
	next     time.Time
}

func newProgress(c *command, quiet bool) *progress {
	f, ok := c.errOut.Writer.(*os.File)
	now := time.Now()
	terminal := ok && term.IsTerminal(int(f.Fd()))
	return &progress{command: c, quiet: quiet, terminal: terminal, ansi: terminal && canColour(f), start: now, next: now.Add(progressEvery)}
}

func (p *progress) report(at batch.Progress) {
	p.desk.Title(p.say("desk.progress", at.Done, at.Total))
	switch now := time.Now(); {
	case p.quiet:
	case at.Done == at.Total && now.Sub(p.start) > progressEvery: // what comes now may take a while, too
		p.end()
		fmt.Fprintln(p.errOut, p.say("batch.summing", at.Total))
	case p.terminal:
		p.draw(at)
	case now.After(p.next):
		p.next = now.Add(progressEvery)
		rate := float64(at.Done) / now.Sub(p.start).Seconds()
		left := time.Duration(float64(at.Total-at.Done) / rate * float64(time.Second)).Round(time.Second)
		fmt.Fprintln(p.errOut, p.say("batch.progress", at.Done, at.Total, at.Bad, fmt.Sprintf("%.1f", rate), left))
	}
}

func (p *progress) draw(at batch.Progress) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions(at.Total, progressbar.OptionSetWriter(p.errOut.Writer), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString(p.say("batch.each")), progressbar.OptionSetPredictTime(true),
			progressbar.OptionUseANSICodes(p.ansi), progressbar.OptionSetWidth(24), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	p.bar.Describe(p.say("batch.bad", at.Bad))
	p.bar.Set(at.Done) // what it cannot draw is no matter
}

func (p *progress) end() {
	if p.bar != nil {
		p.bar.Clear()
	}
}
