package batch

import (
	"path/filepath"

	"nianbao/convert"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/summary"
)

// guard returns an error if the batch would replace one of the submissions, those of
// other shards among them, or what others made in the place of the summary: nothing
// may be converted then.
func (b *batch) guard(inputs []input) error {
	if err := b.guardInputs(inputs); err != nil {
		return err
	}
	for _, name := range summary.Names(b.part) {
		if name = filepath.Join(b.Out, name); summary.Foreign(name) {
			return message.NewError("file.foreign", name)
		}
	}
	return nil
}

// guardInputs looks for submissions that lie in the folder of the outputs under the
// name of one.
func (b *batch) guardInputs(inputs []input) error {
	out := resolved(b.Out)
	var outputs map[uint64]string // made when it is asked for: most submissions lie elsewhere
	n := newNames()
	for _, in := range inputs {
		for _, file := range []string{filepath.Join(resolved(filepath.Dir(in.file)), filepath.Base(in.file)), resolved(in.file)} {
			if file == out || !within(out, file) {
				continue
			}
			if outputs == nil {
				outputs = b.outputs(n)
			}
			output, ok := outputs[n.key(relTo(out, file))]
			if output = filepath.Join(b.Out, filepath.FromSlash(output)); ok && files.Same(in.file, output) {
				return message.NewError("batch.overwrites", in.file, output)
			}
		}
	}
	return nil
}

// outputs are the slash paths of all that the batch may write, by their keys.
func (b *batch) outputs(n *names) map[uint64]string {
	all := map[uint64]string{}
	for _, name := range summary.Names(b.part) {
		all[n.key(name)] = name
	}
	for _, in := range b.inputs {
		for _, name := range convert.OutputNames(in.file, in.stem) {
			all[n.key(name)] = name
		}
	}
	return all
}

// resolved is the absolute path without links, as far as the system tells.
func resolved(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	if abs, err := filepath.Abs(name); err == nil {
		name = abs
	}
	return name
}
