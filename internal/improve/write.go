package improve

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// write replaces a file as a whole, or makes it. A reader finds the old contents or
// the new ones, also after a crash. The file keeps its mode.
func write(name string, data []byte) error {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return fmt.Errorf("write the knowledge: %w", err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("write the knowledge: %w", err)
	}
	settle(filepath.Dir(name))
	return nil
}

// settle makes a renaming last, where the file system can.
func settle(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
