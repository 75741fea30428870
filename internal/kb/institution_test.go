package kb_test

import (
	"testing"
	"testing/fstest"

	"github.com/s4bot/s4bot/internal/kb"
)

func TestABaseMayNameInstitutions(t *testing.T) {
	files := soundBase(t)
	without, err := kb.Load(files)
	if err != nil || len(without.Institutions) != 0 || without.Institution("icbc") != nil {
		t.Fatalf("a base without names has %v, %v", without.Institutions, err)
	}
	files["reference/names.yaml"] = &fstest.MapFile{Data: []byte(`icbc:
  kind: bank
  title:
    zh: 工商银行
    en: ICBC
  aliases:
    zh:
      - 工行
    en:
      - icbc
  except:
    - 手工行业
`)}
	with, err := kb.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	n := with.Institution("icbc")
	if n == nil || n.Kind != "bank" || n.Title.ZH != "工商银行" || n.Aliases.EN[0] != "icbc" || n.Except[0] != "手工行业" {
		t.Errorf("read %+v", n)
	}
	if with.Version == without.Version {
		t.Error("another content has the same version")
	}
}
